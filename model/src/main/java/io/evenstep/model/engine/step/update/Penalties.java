package io.evenstep.model.engine.step.update;

import io.evenstep.model.optimizer.LocalRate;
import io.evenstep.model.optimizer.TrustRatio;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.regularization.L1Regularization;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.learning.regularization.WeightDecay;

/** Penalties of large parameters, added to the gradient before the optimizer, or to its step. */
final class Penalties {
  private final List<Regularization> all;
  private final IUpdater settings;
  private final float[] factors; // one per penalty, for the current step
  private final int trusted; // index of the trust ratio; below 0 for none
  private final Optional<LocalRate> localRate;

  /**
   * @param settings of the optimizer, for penalties that use its rate
   */
  Penalties(List<Regularization> all, IUpdater settings) {
    this.all = List.copyOf(all);
    this.settings = settings;
    this.factors = new float[all.size()];
    this.trusted = this.all.indexOf(new TrustRatio());
    this.localRate =
        all.stream().filter(LocalRate.class::isInstance).map(LocalRate.class::cast).findFirst();
  }

  static Optional<String> uncovered(List<Regularization> all) {
    return all.stream()
        .filter(
            it ->
                !(it instanceof L1Regularization
                    || it instanceof L2Regularization
                    || it instanceof WeightDecay
                    || it instanceof TrustRatio
                    || it instanceof LocalRate))
        .map(it -> "the penalty " + it.getClass().getSimpleName())
        .findFirst();
  }

  void begin(int step, int epoch) {
    for (int i = 0; i < factors.length; i++) {
      factors[i] = (float) factor(all.get(i), step, epoch);
    }
  }

  private double factor(Regularization penalty, int step, int epoch) {
    if (penalty instanceof L1Regularization it) {
      return it.getL1().valueAt(step, epoch);
    } else if (penalty instanceof L2Regularization it) {
      return it.getL2().valueAt(step, epoch);
    }
    double rate = settings.hasLearningRate() ? settings.getLearningRate(step, epoch) : 1;
    if (penalty instanceof TrustRatio || penalty instanceof LocalRate) {
      return rate;
    }
    WeightDecay decay = (WeightDecay) penalty;
    return decay.getCoeff().valueAt(step, epoch) * (decay.isApplyLR() ? rate : 1);
  }

  /** Adds penalties to the gradient. */
  void addBefore(float[] gradient, float[] parameters, int count) {
    for (int k = 0; k < factors.length; k++) {
      if (all.get(k) instanceof L1Regularization) {
        for (int i = 0; i < count; i++) {
          gradient[i] += factors[k] * Math.signum(parameters[i]);
        }
      } else if (all.get(k) instanceof L2Regularization) {
        addScaled(gradient, parameters, factors[k], count);
      }
    }
  }

  /** Adds penalties to the optimizer's step. */
  void addAfter(float[] step, float[] parameters, int count) {
    for (int k = 0; k < factors.length; k++) {
      if (all.get(k) instanceof WeightDecay) {
        addScaled(step, parameters, factors[k], count);
      }
    }
  }

  /** Whether the step depends on norms of the whole block. */
  boolean needNorms() {
    return trusted >= 0 || localRate.isPresent();
  }

  /** Whether the gradient of the whole block is multiplied by its rate before the optimizer. */
  Optional<LocalRate> localRate() {
    return localRate;
  }

  /**
   * The factor of the step of the whole block, after the optimizer.
   *
   * @param weights norm of the parameters
   * @param step norm of the step
   */
  float trust(double weights, double step) {
    return (float) TrustRatio.of(weights, step, factors[trusted]);
  }

  private static void addScaled(float[] to, float[] parameters, float factor, int count) {
    for (int i = 0; i < count; i++) {
      to[i] += factor * parameters[i];
    }
  }
}
