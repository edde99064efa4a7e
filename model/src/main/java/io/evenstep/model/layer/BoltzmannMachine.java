package io.evenstep.model.layer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Restricted Boltzmann machines of binary units (Smolensky 1986), one on another: a deep belief
 * network (Hinton, Osindero and Teh 2006) if there are several. Each learns by contrastive
 * divergence with one step of sampling (Hinton 2002): what {@link #backward} writes for its weights
 * is {@code v1 h1 - v0 h0}, where v0 is the row, h0 and h1 are probabilities of hidden units, and
 * v1 is computed from hidden units drawn with h0. The rows of the next machine are h0. Draws come
 * from this thread's generator, which the trainer seeds for each shard. Inputs are probabilities,
 * from 0 to 1. The output goes up with probabilities of hidden units, and down again.
 */
public final class BoltzmannMachine extends LocalLayer {
  private static final long serialVersionUID = 1;

  @JsonProperty private int[] hidden;

  /** For DL4J's JSON. */
  private BoltzmannMachine() {
    this(1);
  }

  /**
   * Machines of so many hidden units.
   *
   * @param hidden of each machine, at least one
   */
  public BoltzmannMachine(int... hidden) {
    this.hidden = hidden.clone();
  }

  /** The hidden units of each machine. */
  public List<Integer> hidden() {
    return Arrays.stream(hidden).boxed().toList();
  }

  @Override
  public boolean keepsMeans() {
    return false;
  }

  @Override
  public List<ParameterBlock> blocks() {
    List<ParameterBlock> blocks = new ArrayList<>();
    long visible = getNIn();
    for (int machine = 0; machine < hidden.length; machine++) {
      blocks.add(ParameterBlock.weights(key("W", machine), visible, hidden[machine], 1));
      blocks.add(ParameterBlock.bias(key("vb", machine), visible));
      blocks.add(ParameterBlock.bias(key("hb", machine), hidden[machine]));
      visible = hidden[machine];
    }
    return blocks;
  }

  /** The first machine's have no number. */
  private static String key(String name, int machine) {
    return machine == 0 ? name : name + machine;
  }

  @Override
  public INDArray forward(INDArray in, Map<String, INDArray> parameters) {
    INDArray units = in;
    for (int machine = 0; machine < hidden.length; machine++) {
      units = hidden(machine, units, parameters);
    }
    for (int machine = hidden.length - 1; machine >= 0; machine--) {
      units = visible(machine, units, parameters);
    }
    return units;
  }

  @Override
  public INDArray backward(
      INDArray in,
      INDArray slope,
      Map<String, INDArray> parameters,
      Map<String, INDArray> gradients) {
    INDArray rows = in;
    for (int machine = 0; machine < hidden.length; machine++) {
      rows = learn(machine, rows, parameters, gradients);
    }
    return Nd4j.zerosLike(in);
  }

  /** Writes a machine's gradients; returns the probabilities of its hidden units. */
  private static INDArray learn(
      int machine,
      INDArray rows,
      Map<String, INDArray> parameters,
      Map<String, INDArray> gradients) {
    INDArray first = hidden(machine, rows, parameters);
    INDArray drawn = Nd4j.rand(first.dataType(), first.shape()).lt(first).castTo(rows.dataType());
    INDArray seen = visible(machine, drawn, parameters);
    INDArray second = hidden(machine, seen, parameters);
    NamedArrays.of(gradients, key("W", machine))
        .assign(seen.transpose().mmul(second).subi(rows.transpose().mmul(first)));
    NamedArrays.of(gradients, key("vb", machine)).assign(seen.sub(rows).sum(true, 0));
    NamedArrays.of(gradients, key("hb", machine)).assign(second.sub(first).sum(true, 0));
    return first;
  }

  private static INDArray hidden(int machine, INDArray visible, Map<String, INDArray> parameters) {
    INDArray sums = visible.mmul(NamedArrays.of(parameters, key("W", machine)));
    INDArray bias = NamedArrays.of(parameters, key("hb", machine));
    return Transforms.sigmoid(sums.addiRowVector(bias), false);
  }

  private static INDArray visible(int machine, INDArray hidden, Map<String, INDArray> parameters) {
    INDArray sums = hidden.mmul(NamedArrays.of(parameters, key("W", machine)).transpose());
    INDArray bias = NamedArrays.of(parameters, key("vb", machine));
    return Transforms.sigmoid(sums.addiRowVector(bias), false);
  }
}
