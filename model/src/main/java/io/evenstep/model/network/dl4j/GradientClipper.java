package io.evenstep.model.network.dl4j;

import io.evenstep.model.DivergedException;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.CustomOp;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Checks and limits the mean gradient of a global batch, before the penalties and the optimizer.
 * First by value, like DL4J's {@code ClipElementWiseAbsoluteValue}; then by the norm over all
 * layers (Pascanu, Mikolov and Bengio 2013, "On the difficulty of training recurrent neural
 * networks").
 */
final class GradientClipper {
  private final List<INDArray> slopes;
  private final List<CustomOp> limits; // one per run of slopes
  private final Clipping clipping;

  GradientClipper(List<INDArray> slopes, Clipping clipping) {
    this.slopes = slopes;
    this.limits = slopes.stream().map(slope -> limit(slope, clipping.value())).toList();
    this.clipping = clipping;
  }

  private static CustomOp limit(INDArray slope, double value) {
    return DynamicCustomOp.builder("clipbyvalue")
        .addInputs(slope)
        .callInplace(true)
        .addFloatingPointArguments(-value, value)
        .build();
  }

  boolean isActive() {
    return clipping.value() > 0 || clipping.norm() > 0;
  }

  /**
   * @throws DivergedException when an entry is not a finite number
   */
  void clip() {
    requireFinite();
    if (clipping.value() > 0) {
      clipByValue();
    }
    if (clipping.norm() > 0) {
      clipByNorm();
    }
  }

  /** One BLAS sum of magnitudes: 32 us for 0.5 M entries; ND4J's norm1 takes 515 us. */
  private void requireFinite() {
    double magnitude = 0;
    for (INDArray slope : slopes) {
      magnitude += Nd4j.getBlasWrapper().asum(slope);
    }
    if (!Double.isFinite(magnitude)) {
      throw new DivergedException(
          "Cannot continue: the gradient must be finite, but its sum of magnitudes is "
              + magnitude);
    }
  }

  private void clipByValue() {
    for (CustomOp limit : limits) {
      Nd4j.getExecutioner().exec(limit);
    }
  }

  private void clipByNorm() {
    double squares = 0;
    for (INDArray slope : slopes) {
      double norm = Nd4j.getBlasWrapper().nrm2(slope);
      squares += norm * norm;
    }
    double norm = Math.sqrt(squares);
    if (norm > clipping.norm()) {
      for (INDArray slope : slopes) {
        slope.muli(clipping.norm() / norm);
      }
    }
  }
}
