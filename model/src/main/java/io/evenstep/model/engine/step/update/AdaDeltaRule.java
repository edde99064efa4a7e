package io.evenstep.model.engine.step.update;

import org.nd4j.linalg.learning.config.AdaDelta;

/** AdaDelta (Zeiler 2012): scales steps by past steps over past gradients. */
final class AdaDeltaRule implements UpdateRule {
  private final float rho;
  private final float epsilon;

  AdaDeltaRule(AdaDelta settings) {
    this.rho = (float) settings.getRho();
    this.epsilon = (float) settings.getEpsilon();
  }

  @Override
  public int states() {
    return 2;
  }

  @Override
  public void begin(int step, int epoch) {} // nothing changes from step to step

  @Override
  public void apply(float[] gradient, float[][] state, int count) {
    float[] gradients = state[0];
    float[] steps = state[1];
    float rest = 1 - rho;
    for (int i = 0; i < count; i++) {
      float g = gradient[i];
      float mean = rho * gradients[i] + g * g * rest;
      float before = steps[i];
      float step = g * (float) Math.sqrt(before + epsilon) / (float) Math.sqrt(mean + epsilon);
      gradients[i] = mean;
      steps[i] = rho * before + step * step * rest;
      gradient[i] = step;
    }
  }
}
