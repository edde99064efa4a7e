package io.evenstep.model.engine.step.update;

import io.evenstep.model.optimizer.AdaBelief;
import io.evenstep.model.optimizer.CorrectedOptimizer;

/** {@link AdaBelief}, and the part of Lamb that works element by element. */
final class MomentRule implements UpdateRule {
  private final CorrectedOptimizer settings;
  private final boolean fromMean; // squares are of distances from the mean
  private final float beta1;
  private final float rest1;
  private final float beta2;
  private final float rest2;
  private final float epsilon;
  private float rate; // bias correction of the mean of gradients
  private float seen; // bias correction of the mean of squares

  MomentRule(CorrectedOptimizer settings) {
    this.settings = settings;
    this.fromMean = settings instanceof AdaBelief;
    this.beta1 = (float) settings.beta1();
    this.rest1 = (float) (1 - settings.beta1());
    this.beta2 = (float) settings.beta2();
    this.rest2 = (float) (1 - settings.beta2());
    this.epsilon = (float) settings.epsilon();
  }

  @Override
  public int states() {
    return 2;
  }

  @Override
  public void begin(int step, int epoch) {
    double seen1 = 1 - StrictMath.pow(settings.beta1(), step + 1.0);
    rate = (float) (settings.getLearningRate(step, epoch) / seen1);
    seen = (float) (1 - StrictMath.pow(settings.beta2(), step + 1.0));
  }

  @Override
  public void apply(float[] gradient, float[][] state, int count) {
    float[] means = state[0];
    float[] squares = state[1];
    float added = fromMean ? epsilon : 0;
    for (int i = 0; i < count; i++) {
      float g = gradient[i];
      float m = beta1 * means[i] + g * rest1;
      float distance = fromMean ? g - m : g;
      float v = beta2 * squares[i] + distance * distance * rest2 + added;
      means[i] = m;
      squares[i] = v;
      gradient[i] = m * rate / ((float) Math.sqrt(v / seen) + epsilon);
    }
  }
}
