package io.evenstep.model.engine;

import io.evenstep.model.data.MiniBatch;
import java.nio.FloatBuffer;
import java.util.List;

/** One thread's part of a {@link Learner}: activations and whatever else a shard needs. */
public interface Pass {
  /**
   * Runs forward and backward over one shard and writes the sum of its rows' gradients. Entries
   * that are batch statistics rather than gradients hold {@code rows} times their value, so that
   * sums over shards weight them by rows. A row's loss is multiplied by its weight.
   *
   * @param shard the rows
   * @param randomKey key of all random numbers of dropout and noise
   * @param target where the sum is written, [n]; its content before does not matter. {@link
   *     Learner#gradient} needs no copy; another region may need one
   * @return the weighted sum of the rows' losses
   * @throws io.evenstep.model.DivergedException when that sum is not finite; {@code target} is then
   *     undefined
   * @throws io.evenstep.model.ConfigException when there are weights and an output layer has no
   *     loss function that uses them
   */
  double accumulate(MiniBatch shard, long randomKey, Region target);

  /**
   * The slopes of the loss of the last {@link #accumulate} with respect to the shard's features:
   * one list for each input, in the order of its numbers. They are valid until the next call. For a
   * pass of a learner whose {@link Objective} has an attack.
   */
  default List<FloatBuffer> inputSlopes() {
    throw new UnsupportedOperationException("This pass has no slopes of inputs");
  }

  /**
   * In truncated backpropagation through time, the state that recurrent layers pass from the shard
   * just computed to the next segment of its sequences. Empty when sequences are whole; an engine
   * that does not override this has only whole ones.
   */
  default byte[] segmentState() {
    return new byte[0];
  }

  /** Makes the next {@link #accumulate} start from the state of the previous segment. */
  default void goOnFrom(byte[] segmentState) {}
}
