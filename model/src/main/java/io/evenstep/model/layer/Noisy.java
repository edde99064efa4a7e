package io.evenstep.model.layer;

import io.evenstep.model.SplitMix64;
import java.util.function.DoubleConsumer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A layer that mixes noise into its output. */
public interface Noisy extends OwnLayer {
  /** The key of the noise of rows that are evaluated: it depends on a row's place in its batch. */
  long EVALUATION = 0;

  /** How many numbers of noise a row has. */
  long noiseWidth();

  /**
   * Computes the output.
   *
   * @param in [rows, size]
   * @param noise [rows, {@link #noiseWidth}], of mean 0 and standard deviation 1; or 0
   * @return [rows, ...], a new array
   */
  INDArray forward(INDArray in, INDArray noise);

  /**
   * Computes the slope of the input.
   *
   * @param noise as in the forward pass
   * @param slope of the output
   * @return in the shape of the input, a new array
   */
  INDArray backward(INDArray in, INDArray noise, INDArray slope);

  /**
   * Passes on numbers of mean 0 and standard deviation 1, row by row.
   *
   * @param key decides all of them
   * @param count rows times numbers of a row
   */
  static void draw(long key, int count, DoubleConsumer use) {
    SplitMix64 random = new SplitMix64(SplitMix64.mix(key + SplitMix64.GOLDEN));
    for (int i = 0; i < count; i++) {
      use.accept(random.gaussian());
    }
  }
}
