package io.evenstep.driver.plot.run;

import io.evenstep.driver.data.pack.Pack;
import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.data.RecordDecoder;
import io.evenstep.model.data.pack.BlockEntry;
import io.evenstep.model.data.pack.PackSplit;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Some of a run's test rows, or of its training rows if it has no test rows. */
final class SampleRows {
  static final int MOST = 400;

  private final String split;
  private final INDArray features; // [rows, ...] of the first input
  private final INDArray labels; // [rows, ...] of the first output; empty without labels

  private SampleRows(String split, INDArray features, INDArray labels) {
    this.split = split;
    this.features = features;
    this.labels = labels;
  }

  /**
   * The rows of the first blocks; their order is already random.
   *
   * @throws IOException when it cannot be read
   */
  static SampleRows of(Pack pack, Configuration hadoop) throws IOException {
    boolean hasTest = pack.index().test().rows() > 0;
    PackSplit split = hasTest ? pack.index().test() : pack.index().train();
    RecordDecoder decoder = pack.index().encoding().decoder();
    List<INDArray> features = new ArrayList<>();
    List<INDArray> labels = new ArrayList<>();
    int left = MOST;
    for (BlockEntry block : split.blocks()) {
      int rows = Math.min(left, block.rows());
      if (rows > 0) {
        ByteBuffer records =
            ByteBuffer.wrap(pack.reader(hadoop).read(block)).order(ByteOrder.LITTLE_ENDIAN);
        try (MiniBatch batch = decoder.decode(records, rows)) {
          features.add(batch.features().get(0).dup());
          batch.labels().stream().findFirst().ifPresent(label -> labels.add(label.dup()));
        }
        left -= rows;
      }
    }
    return new SampleRows(hasTest ? "test" : "training", joined(features), joined(labels));
  }

  private static INDArray joined(List<INDArray> parts) {
    return parts.isEmpty() ? Nd4j.empty() : Nd4j.concat(0, parts.toArray(INDArray[]::new));
  }

  String split() {
    return split;
  }

  int count() {
    return (int) features.size(0);
  }

  INDArray features() {
    return features;
  }

  /** The first row, [1, ...]. */
  INDArray first() {
    long[] shape = features.shape().clone(); // ND4J gives its own
    shape[0] = 1;
    return features.slice(0).dup().reshape(shape);
  }

  /**
   * The class of a row: the index of the largest number, or whether the only number is above 0.5.
   */
  int classOf(int row) {
    INDArray label = labels.slice(row);
    return label.length() == 1
        ? (label.getDouble(0) > 0.5 ? 1 : 0)
        : label.reshape(label.length()).argMax().getInt(0);
  }
}
