package io.evenstep.model.optimizer;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * A mean of gradients divided by the root of a mean of squares. Both are corrected for their bias
 * towards 0, as in Adam (Kingma and Ba 2015, algorithm 1).
 */
public abstract sealed class CorrectedOptimizer extends MomentOptimizer permits AdaBelief, Lamb {
  private static final long serialVersionUID = 1L;

  @JsonProperty("epsilon")
  private final double epsilon;

  CorrectedOptimizer(double beta1, double beta2, double epsilon) {
    super(beta1, beta2);
    this.epsilon = epsilon;
  }

  /** Updates the mean of squares, after the mean of gradients. */
  abstract void addSquares(INDArray gradient, INDArray mean, INDArray squares);

  /** Avoids division by 0. */
  public final double epsilon() {
    return epsilon;
  }

  @Override
  final List<String> remembered() {
    return List.of("M", "V");
  }

  @Override
  final void apply(INDArray gradient, List<INDArray> state, int iteration, int epoch) {
    INDArray mean = state.get(0);
    INDArray squares = state.get(1);
    mean.muli(beta1()).addi(gradient.mul(1 - beta1()));
    addSquares(gradient, mean, squares);
    double seen1 = 1 - StrictMath.pow(beta1(), iteration + 1.0);
    double seen2 = 1 - StrictMath.pow(beta2(), iteration + 1.0);
    INDArray root = Transforms.sqrt(squares.div(seen2), false).addi(epsilon);
    gradient.assign(mean.mul(getLearningRate(iteration, epoch) / seen1).divi(root));
  }

  @Override
  final List<Object> settings() {
    List<Object> settings = new ArrayList<>(super.settings());
    settings.add(epsilon);
    return settings;
  }
}
