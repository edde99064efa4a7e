package io.evenstep.model.engine.step.update;

import org.nd4j.linalg.learning.config.IUpdater;

/**
 * Adam (Kingma and Ba 2015), and AMSGrad, which uses the largest second moment so far (Reddi, Kale
 * and Kumar 2018).
 */
final class AdamRule implements UpdateRule {
  private final IUpdater settings;
  private final boolean keepsLargest;
  private final float beta1;
  private final float beta2;
  private final float epsilon;
  private float rate; // corrected for the bias of the first steps

  AdamRule(IUpdater settings, boolean keepsLargest, double beta1, double beta2, double epsilon) {
    this.settings = settings;
    this.keepsLargest = keepsLargest;
    this.beta1 = (float) beta1;
    this.beta2 = (float) beta2;
    this.epsilon = (float) epsilon;
  }

  @Override
  public int states() {
    return keepsLargest ? 3 : 2;
  }

  @Override
  public void begin(int step, int epoch) {
    float decay1 = (float) StrictMath.pow(beta1, step + 1.0);
    float decay2 = (float) StrictMath.pow(beta2, step + 1.0);
    float learningRate = (float) settings.getLearningRate(step, epoch);
    float corrected = learningRate * (float) Math.sqrt(1 - decay2) / (1 - decay1);
    rate = corrected == 0 || !Float.isFinite(corrected) ? epsilon : corrected; // as DL4J does
  }

  @Override
  public void apply(float[] gradient, float[][] state, int count) {
    if (keepsLargest) {
      applyLargest(gradient, state[0], state[1], state[2], count);
    } else {
      applyPlain(gradient, state[0], state[1], count);
    }
  }

  private void applyPlain(float[] gradient, float[] first, float[] second, int count) {
    float rest1 = 1 - beta1;
    float rest2 = 1 - beta2;
    for (int i = 0; i < count; i++) {
      float g = gradient[i];
      float m = beta1 * first[i] + g * rest1;
      float v = beta2 * second[i] + g * g * rest2;
      first[i] = m;
      second[i] = v;
      gradient[i] = m * rate / ((float) Math.sqrt(v) + epsilon);
    }
  }

  private void applyLargest(
      float[] gradient, float[] first, float[] second, float[] largest, int count) {
    float rest1 = 1 - beta1;
    float rest2 = 1 - beta2;
    for (int i = 0; i < count; i++) {
      float g = gradient[i];
      float m = beta1 * first[i] + g * rest1;
      float v = beta2 * second[i] + g * g * rest2;
      float h = Math.max(largest[i], v);
      first[i] = m;
      second[i] = v;
      largest[i] = h;
      gradient[i] = m * rate / ((float) Math.sqrt(h) + epsilon);
    }
  }
}
