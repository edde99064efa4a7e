package io.evenstep.driver.data.arrange;

import io.evenstep.model.SplitMix64;
import org.apache.spark.Partitioner;

/** Keeps the rows of a series together. */
final class BySeries extends Partitioner {
  private static final long serialVersionUID = 1L;

  private final int partitions;

  BySeries(int partitions) {
    this.partitions = partitions;
  }

  @Override
  public int numPartitions() {
    return partitions;
  }

  @Override
  public int getPartition(Object place) {
    long hash = SplitMix64.mix(((RowPlace) place).series().hashCode() + SplitMix64.GOLDEN);
    return (int) Math.floorMod(hash, (long) partitions);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BySeries same && same.partitions == partitions;
  }

  @Override
  public int hashCode() {
    return partitions;
  }
}
