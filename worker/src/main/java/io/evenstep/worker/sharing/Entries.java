package io.evenstep.worker.sharing;

import java.util.Arrays;

/** Some entries of a vector, by ascending index. Reused from step to step. */
final class Entries {
  private int[] indices = new int[1 << 10];
  private float[] values = new float[1 << 10];
  private int count;

  void clear() {
    count = 0;
  }

  void add(int index, float value) {
    if (count == indices.length) {
      indices = Arrays.copyOf(indices, 2 * count);
      values = Arrays.copyOf(values, 2 * count);
    }
    indices[count] = index;
    values[count++] = value;
  }

  int count() {
    return count;
  }

  int index(int i) {
    return indices[i];
  }

  float value(int i) {
    return values[i];
  }

  /** The bits of the magnitude that {@code most} entries reach; 0 if there are fewer. */
  int reachedBy(int most) {
    return count < most ? 0 : sorted()[count - most];
  }

  private int[] sorted() {
    int[] magnitudes = new int[count];
    for (int i = 0; i < count; i++) {
      magnitudes[i] = Magnitudes.of(values[i]);
    }
    Arrays.sort(magnitudes);
    return magnitudes;
  }

  /** Keeps the {@code most} entries of largest magnitude; of equal ones, the first. */
  void keepLargest(int most) {
    if (count <= most) {
      return;
    }
    int[] magnitudes = sorted();
    int least = magnitudes[count - most];
    int equal = 0; // entries of that magnitude to keep
    for (int i = count - most; i < count && magnitudes[i] == least; i++) {
      equal++;
    }
    int kept = 0;
    for (int i = 0; i < count; i++) {
      int magnitude = Magnitudes.of(values[i]);
      if (magnitude > least || (magnitude == least && equal-- > 0)) {
        indices[kept] = indices[i];
        values[kept++] = values[i];
      }
    }
    count = kept;
  }
}
