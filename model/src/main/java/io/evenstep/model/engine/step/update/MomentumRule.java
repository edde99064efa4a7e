package io.evenstep.model.engine.step.update;

import io.evenstep.model.catalog.Momentum;
import io.evenstep.model.optimizer.Lars;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;

/** Momentum: Polyak's heavy ball, or Nesterov's, which looks ahead. */
final class MomentumRule implements UpdateRule {
  private final IUpdater settings;
  private float rate;
  private float momentum;

  /**
   * @param settings {@link Momentum}, {@link Lars} or {@link Nesterovs}
   */
  MomentumRule(IUpdater settings) {
    this.settings = settings;
  }

  @Override
  public int states() {
    return 1;
  }

  @Override
  public void begin(int step, int epoch) {
    rate = (float) settings.getLearningRate(step, epoch);
    momentum = (float) momentum(step, epoch);
  }

  private double momentum(int step, int epoch) {
    if (settings instanceof Nesterovs nesterov) {
      return nesterov.currentMomentum(step, epoch);
    }
    return settings instanceof Lars lars ? lars.momentum() : ((Momentum) settings).momentum();
  }

  @Override
  public void apply(float[] gradient, float[][] state, int count) {
    if (settings instanceof Nesterovs) {
      lookAhead(gradient, state[0], count);
    } else {
      roll(gradient, state[0], count);
    }
  }

  private void lookAhead(float[] gradient, float[] velocity, int count) {
    for (int i = 0; i < count; i++) {
      float before = momentum * velocity[i];
      float after = before - rate * gradient[i];
      velocity[i] = after;
      gradient[i] = before + (-momentum - 1) * after;
    }
  }

  private void roll(float[] gradient, float[] velocity, int count) {
    for (int i = 0; i < count; i++) {
      float v = velocity[i] * momentum + gradient[i] * rate;
      velocity[i] = v;
      gradient[i] = v;
    }
  }
}
