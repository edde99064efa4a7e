package io.evenstep.driver.dl4j;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Rows from a file of little-endian floats; each row has its numbers and then its class.
 *
 * @param rows features of each row, flat, and the class
 * @param shape of the features of one row
 */
record RawExamples(List<float[]> rows, List<Long> shape) {
  private static final int CLASSES = 10;

  static RawExamples read(Path file, String[] shape) throws IOException {
    List<Long> sizes = Arrays.stream(shape).map(Long::valueOf).toList();
    int numbers = sizes.stream().mapToInt(Long::intValue).reduce(1, (a, b) -> a * b);
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    List<float[]> rows = new ArrayList<>();
    while (bytes.hasRemaining()) {
      float[] row = new float[numbers + 1];
      for (int i = 0; i < row.length; i++) {
        row[i] = bytes.getFloat();
      }
      rows.add(row);
    }
    return new RawExamples(rows, sizes);
  }

  /** The requested number of batches; starts again at the first row after the last. */
  List<DataSet> batches(int count, int size) {
    List<DataSet> batches = new ArrayList<>();
    for (int batch = 0; batch < count; batch++) {
      batches.add(batch(batch * size, size));
    }
    return batches;
  }

  private DataSet batch(int first, int size) {
    float[][] features = new float[size][];
    float[][] labels = new float[size][CLASSES];
    for (int i = 0; i < size; i++) {
      float[] row = rows.get((first + i) % rows.size());
      features[i] = Arrays.copyOf(row, row.length - 1);
      labels[i][(int) row[row.length - 1]] = 1;
    }
    long[] sizes =
        LongStream.concat(LongStream.of(size), shape.stream().mapToLong(Long::longValue)).toArray();
    return new DataSet(Nd4j.createFromArray(features).reshape(sizes), Nd4j.createFromArray(labels));
  }
}
