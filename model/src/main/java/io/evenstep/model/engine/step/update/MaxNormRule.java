package io.evenstep.model.engine.step.update;

import org.nd4j.linalg.learning.config.AdaMax;

/** AdaMax, Adam with the maximum norm (Kingma and Ba 2015). */
final class MaxNormRule implements UpdateRule {
  private static final float ABOVE_ZERO = 1e-32f;

  private final AdaMax settings;
  private final float beta1;
  private final float beta2;
  private float rate;

  MaxNormRule(AdaMax settings) {
    this.settings = settings;
    this.beta1 = (float) settings.getBeta1();
    this.beta2 = (float) settings.getBeta2();
  }

  @Override
  public int states() {
    return 2;
  }

  @Override
  public void begin(int step, int epoch) {
    float corrected =
        (float) settings.getLearningRate(step, epoch)
            / (1 - (float) StrictMath.pow(beta1, step + 1.0));
    rate =
        corrected == 0 || !Float.isFinite(corrected)
            ? (float) settings.getEpsilon()
            : corrected; // as DL4J does
  }

  @Override
  public void apply(float[] gradient, float[][] state, int count) {
    float[] first = state[0];
    float[] norm = state[1];
    float rest1 = 1 - beta1;
    for (int i = 0; i < count; i++) {
      float g = gradient[i];
      float m = beta1 * first[i] + rest1 * g;
      float u = Math.max(beta2 * norm[i], Math.abs(g)) + ABOVE_ZERO;
      first[i] = m;
      norm[i] = u;
      gradient[i] = m * rate / u;
    }
  }
}
