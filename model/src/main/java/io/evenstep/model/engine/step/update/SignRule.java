package io.evenstep.model.engine.step.update;

import io.evenstep.model.optimizer.Lion;

/** {@link Lion}: the rate times the sign of a mean of gradients. */
final class SignRule implements UpdateRule {
  private final Lion settings;
  private final float beta1;
  private final float rest1;
  private final float beta2;
  private final float rest2;
  private float rate;

  SignRule(Lion settings) {
    this.settings = settings;
    this.beta1 = (float) settings.beta1();
    this.rest1 = (float) (1 - settings.beta1());
    this.beta2 = (float) settings.beta2();
    this.rest2 = (float) (1 - settings.beta2());
  }

  @Override
  public int states() {
    return 1;
  }

  @Override
  public void begin(int step, int epoch) {
    rate = (float) settings.getLearningRate(step, epoch);
  }

  @Override
  public void apply(float[] gradient, float[][] state, int count) {
    float[] means = state[0];
    for (int i = 0; i < count; i++) {
      float g = gradient[i];
      float m = means[i];
      means[i] = beta2 * m + g * rest2;
      gradient[i] = rate * Math.signum(beta1 * m + g * rest1);
    }
  }
}
