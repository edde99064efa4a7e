package io.evenstep.worker.collective;

import io.evenstep.model.engine.Region;
import java.util.ArrayList;
import java.util.List;

/** A region cut into chunks to add and to send. Made once, used every step. */
final class Chunks {
  /** Most floats a chunk; small enough to add one while the next is on its way. */
  static final int FLOATS = 1 << 17;

  private Chunks() {}

  /** The chunks of {@code vector} from {@code start} to {@code end}, at least one, all alike. */
  static List<Region> cut(Region vector, long start, long end) {
    List<Region> chunks = new ArrayList<>();
    long count = Math.max(1, (end - start + FLOATS - 1) / FLOATS);
    for (int i = 0; i < count; i++) {
      long from = start + (end - start) * i / count;
      long to = start + (end - start) * (i + 1) / count;
      chunks.add(vector.slice(from, to));
    }
    return List.copyOf(chunks);
  }

  /** Chunks of fresh memory, as long as those {@link #cut} makes. */
  static List<Region> allocate(long floats) {
    return cut(Region.allocate(floats), 0, floats);
  }
}
