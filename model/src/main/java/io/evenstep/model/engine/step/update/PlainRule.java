package io.evenstep.model.engine.step.update;

import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.NoOp;

/** The rate times the gradient, or the gradient itself for batch statistics. */
final class PlainRule implements UpdateRule {
  private final IUpdater settings;
  private float rate = 1;

  PlainRule(IUpdater settings) {
    this.settings = settings;
  }

  @Override
  public int states() {
    return 0;
  }

  @Override
  public void begin(int step, int epoch) {
    rate = settings instanceof NoOp ? 1 : (float) settings.getLearningRate(step, epoch);
  }

  @Override
  public void apply(float[] gradient, float[][] state, int count) {
    if (settings instanceof NoOp) {
      return;
    }
    for (int i = 0; i < count; i++) {
      gradient[i] *= rate;
    }
  }
}
