package io.evenstep.model.augment.pixel;

import io.evenstep.model.data.Floats;
import org.nd4j.linalg.api.ndarray.INDArray;

/** An array of a batch on the heap, and a copy of it from before rows are mixed. */
final class Table {
  private final int width; // numbers per row
  private float[] values = new float[0]; // [rows, width], with space for longer batches
  private float[] copy = new float[0]; // [rows, width]

  Table(int width) {
    this.width = width;
  }

  int width() {
    return width;
  }

  float[] values() {
    return values;
  }

  void load(INDArray array, int rows) {
    if (values.length < rows * width) {
      values = new float[rows * width];
    }
    Floats.of(array).get(values, 0, rows * width);
  }

  void store(INDArray array, int rows) {
    Floats.of(array).put(values, 0, rows * width);
    Floats.written(array);
  }

  void keepCopy() {
    if (copy.length < values.length) {
      copy = new float[values.length];
    }
    System.arraycopy(values, 0, copy, 0, values.length);
  }

  /**
   * Replaces a row by {@code weight} times itself plus {@code 1 - weight} times another, both read
   * from the copy.
   */
  void mix(int row, int other, float weight) {
    float rest = 1 - weight;
    for (int i = 0; i < width; i++) {
      values[row * width + i] = weight * copy[row * width + i] + rest * copy[other * width + i];
    }
  }

  /** Replaces part of a row by the same part of another in the copy. */
  void paste(int row, int other, int from, int to) {
    System.arraycopy(copy, other * width + from, values, row * width + from, to - from);
  }
}
