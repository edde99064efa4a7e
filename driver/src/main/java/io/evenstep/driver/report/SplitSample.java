package io.evenstep.driver.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenstep.driver.data.pack.Pack;
import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.data.RecordDecoder;
import io.evenstep.model.data.Scaling;
import io.evenstep.model.data.pack.PackSplit;
import io.evenstep.worker.feed.SequentialReader;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Statistics of a sample of a split's rows, as the network sees them. */
final class SplitSample {
  /** Maximum number of blocks to read, of a few megabytes each. */
  private static final int MOST_BLOCKS = 3;

  private static final long MOST_ROWS = 5_000;

  /** Wider rows are only counted. */
  private static final int MOST_NUMBERS = 20_000;

  private long rows;
  private double[] sums = {}; // for each number of the first input
  private double[] squares = {};
  private double[] least = {};
  private double[] most = {};
  private long[] classes = {};

  private SplitSample() {}

  static SplitSample of(Pack pack, PackSplit split, Configuration hadoop) throws IOException {
    RecordDecoder decoder = pack.index().encoding().decoder();
    SplitSample sample = new SplitSample();
    new SequentialReader(DataCard.sampled(split, MOST_BLOCKS), pack.reader(hadoop), decoder)
        .read(0, 1, sample::add);
    return sample;
  }

  private void add(MiniBatch batch) {
    if (rows >= MOST_ROWS) {
      return;
    }
    INDArray features = batch.features().get(0);
    int width = (int) (features.length() / batch.rows());
    if (width <= MOST_NUMBERS) {
      float[][] numbers = features.dup('c').reshape('c', batch.rows(), width).toFloatMatrix();
      for (float[] row : numbers) {
        add(row);
      }
    }
    rows += batch.rows();
    if (!batch.labels().isEmpty() && batch.labels().get(0).rank() == 2) {
      for (float[] label : batch.labels().get(0).toFloatMatrix()) {
        countClass(label);
      }
    }
  }

  private void add(float[] row) {
    if (sums.length == 0) {
      sums = new double[row.length];
      squares = new double[row.length];
      least = row(row.length, Double.POSITIVE_INFINITY);
      most = row(row.length, Double.NEGATIVE_INFINITY);
    }
    for (int i = 0; i < row.length; i++) {
      sums[i] += row[i];
      squares[i] += (double) row[i] * row[i];
      least[i] = Math.min(least[i], row[i]);
      most[i] = Math.max(most[i], row[i]);
    }
  }

  private static double[] row(int length, double of) {
    double[] row = new double[length];
    Arrays.fill(row, of);
    return row;
  }

  private void countClass(float[] label) {
    if (classes.length == 0) {
      classes = new long[Math.max(2, label.length)];
    }
    int largest = label.length == 1 && label[0] > 0.5 ? 1 : 0;
    for (int i = 1; i < label.length; i++) {
      largest = label[i] > label[largest] ? i : largest;
    }
    classes[largest]++;
  }

  long rows() {
    return rows;
  }

  /**
   * Mean, standard deviation, minimum and maximum of a range of numbers, over all rows, as they
   * were before they were scaled.
   *
   * @param pair which shift and scale of {@code scaling} is theirs
   */
  ObjectNode figures(int from, int to, Scaling scaling, int pair) {
    ObjectNode figures = JsonNodeFactory.instance.objectNode();
    if (to <= sums.length) {
      double sum = 0;
      double square = 0;
      double low = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      for (int i = from; i < to; i++) {
        sum += sums[i];
        square += squares[i];
        low = Math.min(low, least[i]);
        high = Math.max(high, most[i]);
      }
      double count = (double) rows * (to - from);
      double mean = sum / count;
      double deviation = Math.sqrt(Math.max(0, square / count - mean * mean));
      double scale = scaling.scale().isEmpty() ? 1 : Math.abs(scaling.scale().get(pair));
      Numbers.put(figures, "mean", scaling.undone(pair, mean));
      Numbers.put(figures, "deviation", deviation / scale);
      Numbers.put(figures, "least", scaling.undone(pair, low));
      Numbers.put(figures, "most", scaling.undone(pair, high));
    }
    return figures;
  }

  /** The mean of each of some numbers of a row; of a one-hot column, the share of each category. */
  List<Double> means(int from, int to) {
    return to > sums.length
        ? List.of()
        : Arrays.stream(sums, from, to).map(sum -> sum / rows).boxed().toList();
  }

  /** Rows of each class. */
  long[] classes(int count) {
    return Arrays.copyOf(classes, count);
  }
}
