package io.evenstep.worker.collective;

import io.evenstep.model.engine.Region;
import io.evenstep.worker.plan.Wire;
import java.util.ArrayList;
import java.util.List;

/** A region cut into chunks to add and to send. Made once, used every step. */
final class Chunks {
  /** Most floats a chunk; small enough to add one while the next is on its way. */
  static final int FLOATS = 1 << 17;

  private Chunks() {}

  /**
   * The chunks of {@code vector} from {@code start} to {@code end}, at least one, about as long.
   */
  static List<Region> cut(Region vector, long start, long end) {
    List<Region> chunks = new ArrayList<>();
    List<Long> starts = starts(start, end);
    for (int i = 0; i < starts.size(); i++) {
      chunks.add(vector.slice(starts.get(i), i + 1 < starts.size() ? starts.get(i + 1) : end));
    }
    return List.copyOf(chunks);
  }

  /** Where these chunks begin: whole blocks behind {@code start}. */
  static List<Long> starts(long start, long end) {
    List<Long> starts = new ArrayList<>();
    long count = Math.max(1, (end - start + FLOATS - 1) / FLOATS);
    for (int i = 0; i < count; i++) {
      starts.add(start + (end - start) * i / count / Wire.BLOCK * Wire.BLOCK);
    }
    return starts;
  }

  /** Chunks of fresh memory, as long as those {@link #cut} makes. */
  static List<Region> allocate(long floats) {
    return cut(Region.allocate(floats), 0, floats);
  }
}
