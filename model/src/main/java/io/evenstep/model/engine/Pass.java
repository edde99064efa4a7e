package io.evenstep.model.engine;

import io.evenstep.model.data.MiniBatch;

/** One thread's part of a {@link Learner}: activations and whatever else a shard needs. */
public interface Pass {
  /**
   * Runs forward and backward over one shard and writes the sum over its rows of each row's
   * gradient. Entries that are batch statistics rather than gradients hold {@code rows} times their
   * value, so that sums over shards weight them by rows. A row's loss counts as often as its weight
   * says.
   *
   * @param shard the rows
   * @param randomKey what dropout and noise are drawn from, and nothing else is
   * @param target where the sum goes, [n]; what is in it does not matter. {@link Learner#gradient}
   *     costs nothing, another region may cost a copy
   * @return the weighted sum of the rows' losses
   * @throws io.evenstep.model.DivergedException when that sum is not finite; {@code target} is then
   *     undefined
   * @throws io.evenstep.model.ConfigException when there are weights and an output layer that has
   *     no loss function to take them
   */
  double accumulate(MiniBatch shard, long randomKey, Region target);
}
