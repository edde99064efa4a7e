package io.evenstep.model.metric;

import io.evenstep.model.SplitMix64;
import io.evenstep.model.data.Floats;
import io.evenstep.model.data.MiniBatch;
import java.io.Serializable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Normally distributed noise on the features of evaluated rows. It depends on the features of the
 * row alone, so that a row gets the same noise wherever, and however often, it is evaluated.
 *
 * @param deviation standard deviation, in the units that the network sees; 0 for no noise
 */
public record EvaluationNoise(double deviation) implements Serializable {
  /** No noise. */
  public static final EvaluationNoise NONE = new EvaluationNoise(0);

  /** Checks the deviation. */
  public EvaluationNoise {
    if (!(deviation >= 0) || Double.isInfinite(deviation)) {
      throw new IllegalArgumentException(
          "Invalid deviation: must be a number of at least 0, got " + deviation);
    }
  }

  /** Adds the noise to all features of a batch, in place; labels do not change. */
  public void disturb(MiniBatch batch) {
    if (deviation == 0) {
      return;
    }
    for (INDArray input : batch.features()) {
      int width = Math.toIntExact(input.length() / batch.rows());
      float[] numbers = input.reshape('c', new long[] {input.length()}).toFloatVector();
      for (int row = 0; row < batch.rows(); row++) {
        disturb(numbers, row * width, width);
      }
      Floats.of(input).put(numbers);
      Floats.written(input);
    }
  }

  private void disturb(float[] numbers, int from, int width) {
    long key = 0;
    for (int i = from; i < from + width; i++) {
      key = SplitMix64.mix(key + SplitMix64.GOLDEN + Float.floatToIntBits(numbers[i]));
    }
    SplitMix64 random = new SplitMix64(key);
    for (int i = from; i < from + width; i++) {
      numbers[i] += (float) (deviation * random.gaussian());
    }
  }
}
