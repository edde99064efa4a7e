package io.evenstep.model.data;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Some rows as tensors: one array for each input and each output of the network, rows first.
 *
 * @param features one float array an input, [rows, ...]
 * @param labels one float array an output, [rows, ...]; empty when the rows carry no labels
 * @param featureMasks one mask an input, [rows, time], or empty for none at all
 * @param labelMasks one mask an output, or empty for none at all
 * @param rows how many rows, at least 1
 */
public record MiniBatch(
    List<INDArray> features,
    List<INDArray> labels,
    List<Optional<INDArray>> featureMasks,
    List<Optional<INDArray>> labelMasks,
    int rows)
    implements AutoCloseable {

  /** Copies the lists and checks that every array has {@code rows} rows. */
  public MiniBatch {
    features = List.copyOf(features);
    labels = List.copyOf(labels);
    featureMasks = List.copyOf(featureMasks);
    labelMasks = List.copyOf(labelMasks);
    if (rows < 1) {
      throw new IllegalArgumentException("Invalid rows: must be at least 1, got " + rows);
    }
    for (INDArray array : features) {
      requireRows(array, rows);
    }
    for (INDArray array : labels) {
      requireRows(array, rows);
    }
  }

  /** One input, one output, no masks. */
  public static MiniBatch of(INDArray features, INDArray labels) {
    return new MiniBatch(
        List.of(features), List.of(labels), List.of(), List.of(), (int) features.size(0));
  }

  /**
   * Gives the arrays' memory back now, rather than when a garbage collection finds them: they lie
   * outside the heap, so the collector sees no reason to hurry. The arrays must not be used again.
   */
  @Override
  public void close() {
    Stream.concat(
            Stream.concat(features.stream(), labels.stream()),
            Stream.concat(featureMasks.stream(), labelMasks.stream()).flatMap(Optional::stream))
        .filter(INDArray::closeable)
        .forEach(INDArray::close);
  }

  private static void requireRows(INDArray array, int rows) {
    if (array.size(0) != rows) {
      throw new IllegalArgumentException(
          "Invalid array: must have " + rows + " rows, got " + array.shapeInfoToString());
    }
  }
}
