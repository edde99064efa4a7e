package io.evenstep.model.network;

import io.evenstep.model.network.dl4j.Clipping;
import io.evenstep.model.network.trust.AllowedTypes;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A job file's description of its network, before the shapes of the data are known.
 *
 * @param source where the layers come from
 * @param loss loss of the output layer by name; empty for the task's default
 * @param weightInit weight initialisation by name, such as {@code xavier}
 * @param activation activation of hidden layers that name none, such as {@code relu}
 * @param dropout probability of dropping a hidden unit in layers that name none, 0 to below 1
 * @param l1 L1 penalty, at least 0
 * @param l2 L2 penalty, at least 0
 * @param weightDecay decoupled weight decay, at least 0
 * @param optimizer the optimizer; empty for the imported network's, or Adam with a rate of 0.001
 * @param schedule how the learning rate changes
 * @param clipping limits on the gradient
 * @param seed key of the initial weights
 */
public record NetworkSpec(
    Source source,
    Optional<String> loss,
    String weightInit,
    String activation,
    double dropout,
    double l1,
    double l2,
    double weightDecay,
    Optional<OptimizerSpec> optimizer,
    ScheduleSpec schedule,
    Clipping clipping,
    long seed) {

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
   */
  public record Dl4jZip(Path file, AllowedTypes allowed) implements Source {}

  /** A Keras model in HDF5, on the local disk, sequential or functional. */
  public record KerasH5(Path file) implements Source {}
}
