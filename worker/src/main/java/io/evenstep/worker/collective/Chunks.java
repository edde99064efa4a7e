package io.evenstep.worker.collective;

import io.evenstep.model.engine.Region;
import io.evenstep.worker.plan.Wire;
import java.util.ArrayList;
import java.util.List;

/** A region divided into chunks for adding and sending. Made once, used in every step. */
public final class Chunks {
  /** Most floats per chunk; small enough to add one while the next arrives. */
  public static final int FLOATS = 1 << 17;

  private Chunks() {}

  /**
   * Divides {@code vector} from {@code start} to {@code end} into chunks of about equal size, at
   * least one.
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

  /** Chunks of new memory, with the lengths that {@link #cut} gives. */
  static List<Region> allocate(long floats) {
    return cut(Region.allocate(floats), 0, floats);
  }
}
