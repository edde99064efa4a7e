package io.evenstep.model.network;

import io.evenstep.model.catalog.layer.LayerDefaults;
import io.evenstep.model.network.dl4j.Clipping;
import io.evenstep.model.network.trust.AllowedTypes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.learning.regularization.L1Regularization;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.learning.regularization.WeightDecay;

/**
 * A job file's description of its network, before the shapes of the data are known.
 *
 * @param source where the layers come from
 * @param loss loss of the output layer by name; empty for the task's default
 * @param outputActivation activation of the output layer; empty for the loss's default
 * @param weightInit weight initialisation by name, such as {@code xavier}
 * @param defaults what a hidden layer has when it names none
 * @param penalties on the weights
 * @param updates how a gradient becomes a step
 * @param seed key of the initial weights
 */
public record NetworkSpec(
    Source source,
    Optional<String> loss,
    Optional<String> outputActivation,
    String weightInit,
    LayerDefaults defaults,
    Penalties penalties,
    Updates updates,
    long seed) {

  /**
   * Penalties on the weights, each at least 0.
   *
   * @param l1 L1 penalty
   * @param l2 L2 penalty
   * @param weightDecay decoupled weight decay
   */
  public record Penalties(double l1, double l2, double weightDecay) {
    /** None at all. */
    public static final Penalties NONE = new Penalties(0, 0, 0);

    /** Those that are above 0, as DL4J's layers take them. */
    List<Regularization> regularizations() {
      List<Regularization> some = new ArrayList<>();
      if (l1 > 0) {
        some.add(new L1Regularization(l1));
      }
      if (l2 > 0) {
        some.add(new L2Regularization(l2));
      }
      if (weightDecay > 0) {
        some.add(new WeightDecay(weightDecay, true));
      }
      return some;
    }
  }

  /**
   * How a gradient becomes a step.
   *
   * @param optimizer empty for the one an imported network has, or Adam with a rate of 0.001
   * @param schedule how the learning rate changes
   * @param clipping limits on the gradient
   * @param frozen the layers that keep their parameters, by the names of {@code plan}'s table; or
   *     {@link io.evenstep.model.optimizer.FrozenLayers#HIDDEN}
   */
  public record Updates(
      Optional<OptimizerSpec> optimizer,
      ScheduleSpec schedule,
      Clipping clipping,
      List<String> frozen) {
    /** Copies the list. */
    public Updates {
      frozen = List.copyOf(frozen);
    }

    /** Updates of all layers. */
    public Updates(Optional<OptimizerSpec> optimizer, ScheduleSpec schedule, Clipping clipping) {
      this(optimizer, schedule, clipping, List.of());
    }
  }

  /** What becomes of a saved network's output layer. */
  public enum Head {
    /** It stays as it is. */
    KEPT,
    /** A new one takes its place, with as many outputs as the data need, and the job's loss. */
    REPLACED
  }

  /** Where the layers come from. */
  public sealed interface Source {}

  /**
   * A named network: {@code logistic}, {@code mlp} or {@code lenet}, with parameters such as {@code
   * hidden}.
   */
  public record Named(String name, Map<String, Object> parameters) implements Source {
    /** Copies the map. */
    public Named {
      parameters = Map.copyOf(parameters);
    }
  }

  /**
   * A list of layers, each a map of {@code type} and the layer's parameters, as the YAML has them.
   */
  public record Layers(List<Map<String, Object>> layers) implements Source {
    /** Copies the list. */
    public Layers {
      layers = List.copyOf(layers);
    }
  }

  /**
   * A DL4J configuration in JSON, on the local disk, for either network class. Its optimizer is
   * used unless the job names one.
   *
   * @param allowed the classes that it may name
   */
  public record Dl4jJson(Path file, AllowedTypes allowed) implements Source {}

  /**
   * A saved DL4J zip, on the local disk. Training continues from its weights and optimizer state.
   *
   * @param allowed the classes that its configuration may name
   * @param head what becomes of its output layer
   */
  public record Dl4jZip(Path file, AllowedTypes allowed, Head head) implements Source {
    /** The network as it was saved. */
    public Dl4jZip(Path file, AllowedTypes allowed) {
      this(file, allowed, Head.KEPT);
    }

    /** Whether the output layer is a new one. */
    public boolean replacesHead() {
      return head == Head.REPLACED;
    }
  }

  /** A Keras model in HDF5, on the local disk, sequential or functional. */
  public record KerasH5(Path file) implements Source {}
}
