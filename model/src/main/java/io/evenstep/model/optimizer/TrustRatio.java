package io.evenstep.model.optimizer;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.learning.regularization.Regularization;

/**
 * The second half of {@link Lamb}: a step of a layer's weights is multiplied by the norm of the
 * weights over the norm of the step without the learning rate; by 1 when either norm is 0. For DL4J
 * it is a penalty: applied after the optimizer and after weight decay, and with access to the
 * weights. Biases, and gamma and beta of batch normalisation, have no penalties and so keep Adam's
 * steps, as in the authors' program.
 */
public final class TrustRatio implements Regularization {
  private static final long serialVersionUID = 1L;

  /**
   * The penalties of a layer's weights under an optimizer: those given, followed by a trust ratio
   * if the optimizer is {@link Lamb}, or by a local rate if it is {@link Lars}.
   */
  public static List<Regularization> last(
      @Nullable List<Regularization> penalties, IUpdater optimizer) {
    List<Regularization> all = new ArrayList<>(penalties == null ? List.of() : penalties);
    all.removeIf(each -> each instanceof TrustRatio || each instanceof LocalRate);
    if (optimizer instanceof Lamb) {
      all.add(new TrustRatio());
    } else if (optimizer instanceof Lars lars) {
      all.add(new LocalRate(l2(all), lars.trustCoefficient()));
    }
    return all;
  }

  private static double l2(List<Regularization> penalties) {
    return penalties.stream()
        .filter(L2Regularization.class::isInstance)
        .mapToDouble(each -> ((L2Regularization) each).getL2().valueAt(0, 0))
        .sum();
  }

  /**
   * The factor of a step.
   *
   * @param weights norm of the weights
   * @param step norm of the step
   * @param rate the learning rate contained in the step
   */
  public static double of(double weights, double step, double rate) {
    return weights > 0 && step > 0 ? weights * rate / step : 1;
  }

  @Override
  public ApplyStep applyStep() {
    return ApplyStep.POST_UPDATER;
  }

  @Override
  public void apply(INDArray weights, INDArray step, double rate, int iteration, int epoch) {
    step.muli(of(weights.norm2Number().doubleValue(), step.norm2Number().doubleValue(), rate));
  }

  /** Adds nothing to the loss. */
  @Override
  public double score(INDArray weights, int iteration, int epoch) {
    return 0;
  }

  @Override
  public TrustRatio clone() {
    return new TrustRatio();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TrustRatio;
  }

  @Override
  public int hashCode() {
    return TrustRatio.class.hashCode();
  }
}
