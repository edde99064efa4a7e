package io.evenstep.driver.dl4j;

import org.apache.spark.storage.StorageLevel;

/** A Spark storage level as plain values, for JSON. */
record StorageChoice(
    boolean disk, boolean memory, boolean offHeap, boolean deserialized, int replication) {
  static StorageChoice of(StorageLevel level) {
    return new StorageChoice(
        level.useDisk(),
        level.useMemory(),
        level.useOffHeap(),
        level.deserialized(),
        level.replication());
  }

  StorageLevel level() {
    return StorageLevel.apply(disk, memory, offHeap, deserialized, replication);
  }
}
