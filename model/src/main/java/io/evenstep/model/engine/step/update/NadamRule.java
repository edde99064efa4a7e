package io.evenstep.model.engine.step.update;

import org.nd4j.linalg.learning.config.Nadam;

/** Nadam, Adam with Nesterov's momentum (Dozat 2016). */
final class NadamRule implements UpdateRule {
  private final Nadam settings;
  private final float beta1;
  private final float beta2;
  private final float epsilon;
  private float rate;

  NadamRule(Nadam settings) {
    this.settings = settings;
    this.beta1 = (float) settings.getBeta1();
    this.beta2 = (float) settings.getBeta2();
    this.epsilon = (float) settings.getEpsilon();
  }

  @Override
  public int states() {
    return 2;
  }

  @Override
  public void begin(int step, int epoch) {
    rate =
        (float) settings.getLearningRate(step, epoch)
            / (1 - (float) StrictMath.pow(beta1, step + 1.0));
  }

  @Override
  public void apply(float[] gradient, float[][] state, int count) {
    float[] first = state[0];
    float[] second = state[1];
    float rest1 = 1 - beta1;
    float rest2 = 1 - beta2;
    for (int i = 0; i < count; i++) {
      float g = gradient[i];
      float m = beta1 * first[i] + g * rest1;
      float v = beta2 * second[i] + g * g * rest2;
      first[i] = m;
      second[i] = v;
      gradient[i] = rate * (m * beta1 + g * rest1) / ((float) Math.sqrt(v) + epsilon);
    }
  }
}
