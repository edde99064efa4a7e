package io.evenstep.driver.score;

import io.evenstep.model.SplitMix64;
import io.evenstep.model.data.Encoding;
import io.evenstep.model.data.Floats;
import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.data.Segment;
import io.evenstep.model.data.TensorEncoding;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Shuffles the values of one column among the rows of each batch. The rows of a pack are already
 * mixed, so shuffling within a batch is enough.
 *
 * @param ranges positions of the column's numbers
 * @param seed with the part and the batch, determines the permutation
 */
public record ShuffledColumn(List<Range> ranges, long seed) implements Serializable {
  /**
   * A range of a row's numbers.
   *
   * @param input which input they are in, from 0
   * @param from index of the first number in a row
   */
  public record Range(int input, int from, int width) implements Serializable {}

  /** Leaves all columns as they are. */
  public static final ShuffledColumn NONE = new ShuffledColumn(List.of(), 0);

  /** Copies the list. */
  public ShuffledColumn {
    ranges = List.copyOf(ranges);
  }

  /** The positions of each input column's numbers, in the encoding's order. */
  public static Map<String, List<Range>> columns(Encoding encoding) {
    Map<String, List<Range>> columns = new LinkedHashMap<>();
    for (int input = 0; input < encoding.inputs().size(); input++) {
      TensorEncoding tensor = encoding.inputs().get(input);
      int from = 0;
      for (Segment segment : tensor.segments()) {
        int width = segment.width() / segment.columns().size();
        for (String column : segment.columns()) {
          Range range = new Range(input, from, width);
          columns.computeIfAbsent(column, name -> new ArrayList<>()).add(range);
          from += width;
        }
      }
    }
    return columns;
  }

  /**
   * Changes a batch in place.
   *
   * @param batch with contiguous arrays, as a decoder makes them
   * @param number index of the batch
   */
  void shuffle(MiniBatch batch, long number) {
    if (ranges.isEmpty()) {
      return;
    }
    int rows = batch.rows();
    int[] places =
        new SplitMix64(SplitMix64.mix(seed) + number * SplitMix64.GOLDEN).permutation(rows);
    for (Range range : ranges) {
      INDArray features = batch.features().get(range.input());
      float[] numbers = new float[Math.toIntExact(features.length())];
      Floats.of(features).get(numbers);
      float[] changed = numbers.clone();
      int width = numbers.length / rows;
      for (int row = 0; row < rows; row++) {
        int to = row * width + range.from();
        System.arraycopy(numbers, places[row] * width + range.from(), changed, to, range.width());
      }
      Floats.of(features).put(changed);
      Floats.written(features);
    }
  }
}
