package io.evenstep.model.optimizer;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;
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
   * Penalties for a layer's weights under an optimizer: those given, and behind them a trust ratio
   * where the optimizer is {@link Lamb}.
   */
  public static List<Regularization> last(
      @Nullable List<Regularization> penalties, IUpdater optimizer) {
    List<Regularization> all = new ArrayList<>(penalties == null ? List.of() : penalties);
    all.removeIf(TrustRatio.class::isInstance);
    if (optimizer instanceof Lamb) {
      all.add(new TrustRatio());
    }
    return all;
  }

  /**
   * What a step is multiplied by.
   *
   * @param weights norm of the weights
   * @param step norm of the step
   * @param rate the learning rate that the step has in it
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

  /** It adds nothing to the loss. */
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
