package io.evenstep.model.data;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Some rows as tensors: one array for each input and each output of the network, rows first.
 *
 * @param features one float array per input, [rows, ...]
 * @param labels one float array per output, [rows, ...]; empty when the rows have no labels
 * @param featureMasks one mask per input, [rows, time]; empty for no masks
 * @param labelMasks one mask per output; empty for no masks
 * @param weights [rows, 1] factors of the rows' losses in a gradient; empty for 1 each
 * @param rows how many rows, at least 1
 * @param segment index of the segment that it holds, from 0, when sequences are cut along time; 0
 *     for whole sequences
 * @param release what {@link #close} does
 */
public record MiniBatch(
    List<INDArray> features,
    List<INDArray> labels,
    List<Optional<INDArray>> featureMasks,
    List<Optional<INDArray>> labelMasks,
    Optional<INDArray> weights,
    int rows,
    int segment,
    Runnable release)
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

  /** A batch of whole sequences, or without sequences. */
  public MiniBatch(
      List<INDArray> features,
      List<INDArray> labels,
      List<Optional<INDArray>> featureMasks,
      List<Optional<INDArray>> labelMasks,
      Optional<INDArray> weights,
      int rows,
      Runnable release) {
    this(features, labels, featureMasks, labelMasks, weights, rows, 0, release);
  }

  /** A batch without weights, whose arrays are not returned to anyone. */
  public MiniBatch(
      List<INDArray> features,
      List<INDArray> labels,
      List<Optional<INDArray>> featureMasks,
      List<Optional<INDArray>> labelMasks,
      int rows) {
    this(features, labels, featureMasks, labelMasks, Optional.empty(), rows, () -> {});
  }

  /**
   * Returns the arrays to whoever made the batch, for reuse; do not use them afterwards. ND4J frees
   * memory only when the garbage collector finds an array. Arrays lie outside the heap, so the
   * collector sees no reason to hurry.
   */
  @Override
  public void close() {
    release.run();
  }

  /** Bytes of its arrays. */
  public long heldBytes() {
    Stream<INDArray> plain =
        Stream.of(features, labels, weights.stream().toList()).flatMap(List::stream);
    Stream<INDArray> masks =
        Stream.concat(featureMasks.stream(), labelMasks.stream()).flatMap(Optional::stream);
    return Stream.concat(plain, masks).mapToLong(array -> array.length() * Float.BYTES).sum();
  }

  private static void requireRows(INDArray array, int rows) {
    if (array.size(0) != rows) {
      throw new IllegalArgumentException(
          "Invalid array: must have " + rows + " rows, got " + array.shapeInfoToString());
    }
  }
}
