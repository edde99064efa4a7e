package io.evenstep.model.engine.step.update;

import org.nd4j.linalg.learning.config.AdaGrad;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.RmsProp;

/**
 * Divides the rate by the root of past squares: of their sum (AdaGrad, Duchi, Hazan and Singer
 * 2011) or of their decaying mean (RMSProp, Hinton 2012).
 */
final class SquareRule implements UpdateRule {
  private final IUpdater settings;
  private final boolean isMean;
  private final float decay;
  private final float epsilon;
  private float rate;

  SquareRule(AdaGrad settings) {
    this.settings = settings;
    this.isMean = false;
    this.decay = 1;
    this.epsilon = (float) settings.getEpsilon();
  }

  SquareRule(RmsProp settings) {
    this.settings = settings;
    this.isMean = true;
    this.decay = (float) settings.getRmsDecay();
    this.epsilon = (float) settings.getEpsilon();
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
    if (isMean) {
      divideByMean(gradient, state[0], count);
    } else {
      divideBySum(gradient, state[0], count);
    }
  }

  private void divideBySum(float[] gradient, float[] squares, int count) {
    for (int i = 0; i < count; i++) {
      float g = gradient[i];
      float sum = squares[i] + g * g;
      squares[i] = sum;
      gradient[i] = g * rate / ((float) Math.sqrt(sum) + epsilon);
    }
  }

  private void divideByMean(float[] gradient, float[] squares, int count) {
    float rest = 1 - decay;
    for (int i = 0; i < count; i++) {
      float g = gradient[i];
      float mean = squares[i] * decay + g * g * rest;
      squares[i] = mean;
      gradient[i] = g * rate / ((float) Math.sqrt(mean) + epsilon);
    }
  }
}
