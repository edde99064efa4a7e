package io.evenstep.model.layer;

import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * A Hopfield network (Hopfield 1982) that stores patterns of -1 and 1 by Hebb's rule: the weight
 * between two units is the mean of their product over the patterns, and 0 from a unit to itself. A
 * number of at least 0 counts as 1, any other as -1. The output is what recall from the input ends
 * in: units in turn take the sign of the weighted sum of the others, until none changes.
 */
public final class HopfieldNet extends LocalLayer {
  private static final long serialVersionUID = 1;

  private static final String WEIGHTS = "W"; // [units, units], symmetric

  @JsonProperty private int sweeps;

  /** For DL4J's JSON. */
  private HopfieldNet() {
    this(1);
  }

  /**
   * A network whose recall ends at the latest after this many sweeps.
   *
   * @param sweeps in each, all units have their turn
   */
  public HopfieldNet(int sweeps) {
    this.sweeps = sweeps;
  }

  @Override
  public boolean keepsMeans() {
    return true;
  }

  @Override
  public List<ParameterBlock> blocks() {
    return List.of(
        new ParameterBlock(WEIGHTS, List.of(getNIn(), getNIn()), ParameterBlock.Start.ZERO, 1));
  }

  @Override
  public INDArray forward(INDArray in, Map<String, INDArray> parameters) {
    float[][] weights = NamedArrays.of(parameters, WEIGHTS).toFloatMatrix();
    float[][] states = signs(in);
    for (float[] state : states) {
      boolean changed = true;
      for (int sweep = 0; changed && sweep < sweeps; sweep++) {
        changed = sweep(state, weights);
      }
    }
    return Nd4j.createFromArray(states).castTo(in.dataType());
  }

  /** Gives all units their turn; returns whether any has changed. */
  private static boolean sweep(float[] state, float[][] weights) {
    boolean changed = false;
    for (int unit = 0; unit < state.length; unit++) {
      double sum = 0;
      for (int other = 0; other < state.length; other++) {
        sum += weights[unit][other] * state[other];
      }
      if (sum * state[unit] < 0) {
        state[unit] = -state[unit];
        changed = true;
      }
    }
    return changed;
  }

  @Override
  public INDArray backward(
      INDArray in,
      INDArray slope,
      Map<String, INDArray> parameters,
      Map<String, INDArray> gradients) {
    INDArray patterns = Nd4j.createFromArray(signs(in)).castTo(in.dataType());
    INDArray products = patterns.transpose().mmul(patterns);
    for (long unit = 0; unit < products.size(0); unit++) {
      products.putScalar(unit, unit, 0);
    }
    toMean(WEIGHTS, products, in.size(0), parameters, gradients);
    return Nd4j.zerosLike(in);
  }

  /** The rows as patterns, [rows][units]. */
  private static float[][] signs(INDArray in) {
    float[][] rows = in.toFloatMatrix();
    for (float[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        row[i] = row[i] >= 0 ? 1 : -1;
      }
    }
    return rows;
  }
}
