package io.evenstep.model.loss;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.LossUtil;

/**
 * A loss whose value for a row is the sum, or the mean, of one term for each output. Both engines
 * take the term and its derivative from here.
 */
public abstract class ElementwiseLoss implements ILossFunction {
  private static final long serialVersionUID = 1L;

  /** The term of one output. */
  public abstract double term(double output, double label);

  /** The derivative of {@link #term} by the output. */
  public abstract double derivative(double output, double label);

  /** Whether a row's loss is the mean over its outputs; otherwise it is their sum. */
  public abstract boolean isMean();

  private interface Element {
    double of(double output, double label);
  }

  /**
   * @param labels [rows, outputs]
   * @param preOutput [rows, outputs], before the activation
   * @param mask [rows, 1] or [rows, outputs]
   * @return the loss summed over all rows; divided by their number if {@code average} is true
   */
  @Override
  public double computeScore(
      INDArray labels,
      INDArray preOutput,
      IActivation activation,
      @Nullable INDArray mask,
      boolean average) {
    double sum = terms(labels, preOutput, activation, mask).sumNumber().doubleValue();
    return average ? sum / preOutput.size(0) : sum;
  }

  /**
   * @return the loss of each row, [rows, 1]
   */
  @Override
  public INDArray computeScoreArray(
      INDArray labels, INDArray preOutput, IActivation activation, @Nullable INDArray mask) {
    return terms(labels, preOutput, activation, mask).sum(true, 1);
  }

  /**
   * @return the derivative by {@code preOutput}, [rows, outputs]
   */
  @Override
  public INDArray computeGradient(
      INDArray labels, INDArray preOutput, IActivation activation, @Nullable INDArray mask) {
    INDArray slopes = each(labels, preOutput, activation, this::derivative);
    if (mask != null && LossUtil.isPerOutputMasking(slopes, mask)) {
      slopes.muli(mask.castTo(slopes.dataType()));
    }
    INDArray gradient = activation.backprop(preOutput.dup(), slopes).getFirst();
    if (mask != null) {
      LossUtil.applyMask(gradient, mask);
    }
    return gradient;
  }

  @Override
  public Pair<Double, INDArray> computeGradientAndScore(
      INDArray labels,
      INDArray preOutput,
      IActivation activation,
      @Nullable INDArray mask,
      boolean average) {
    return new Pair<>(
        computeScore(labels, preOutput, activation, mask, average),
        computeGradient(labels, preOutput, activation, mask));
  }

  private INDArray terms(
      INDArray labels, INDArray preOutput, IActivation activation, @Nullable INDArray mask) {
    INDArray terms = each(labels, preOutput, activation, this::term);
    if (mask != null) {
      LossUtil.applyMask(terms, mask);
    }
    return terms;
  }

  /** Computes in double precision, element by element: [rows, outputs]. */
  private INDArray each(
      INDArray labels, INDArray preOutput, IActivation activation, Element element) {
    if (!labels.equalShapes(preOutput)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Invalid labels: must have the shape of the outputs, %s, got %s",
              preOutput.shapeInfoToString(),
              labels.shapeInfoToString()));
    }
    INDArray outputs = activation.getActivation(preOutput.dup('c'), true);
    INDArray result = Nd4j.createUninitialized(preOutput.dataType(), preOutput.shape(), 'c');
    long rows = outputs.size(0);
    long count = outputs.size(1);
    double scale = isMean() ? 1.0 / count : 1;
    for (long row = 0; row < rows; row++) {
      for (long i = 0; i < count; i++) {
        double value = element.of(outputs.getDouble(row, i), labels.getDouble(row, i));
        result.putScalar(row, i, scale * value);
      }
    }
    return result;
  }

  @Override
  public String name() {
    return getClass().getSimpleName();
  }

  @Override
  public String toString() {
    return name() + "()";
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other != null && getClass() == other.getClass();
  }

  @Override
  public int hashCode() {
    return getClass().hashCode();
  }
}
