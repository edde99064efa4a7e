package io.evenstep.worker.feed;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Rows of a rank's own lanes, each lane shuffled within windows. */
final class ShuffledRows implements EpochRows {
  private final int firstLane;
  private final List<LaneReader> lanes = new ArrayList<>();

  /** Begins at a step of the epoch, without reading what lies before it. */
  ShuffledRows(
      EpochOrder order,
      BlockReader reader,
      int firstLane,
      int endLane,
      int windowRows,
      long firstStep) {
    this.firstLane = firstLane;
    for (int lane = firstLane; lane < endLane; lane++) {
      long skip = order.rowsBefore(lane, firstStep);
      lanes.add(new LaneReader(order, reader, lane, windowRows, skip));
    }
  }

  @Override
  public void take(int lane, long step, int count, ByteBuffer out) {
    lanes.get(lane - firstLane).take(count, out);
  }
}
