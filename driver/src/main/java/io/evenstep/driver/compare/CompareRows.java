package io.evenstep.driver.compare;

import io.evenstep.driver.data.pack.Pack;
import io.evenstep.driver.score.Outputs;
import io.evenstep.model.ConfigException;
import io.evenstep.model.data.Encoding;
import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.data.pack.BlockEntry;
import io.evenstep.model.data.pack.PackSplit;
import io.evenstep.model.decision.Decision;
import io.evenstep.worker.checkpoint.FileFault;
import io.evenstep.worker.feed.SequentialReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The rows of a comparison, encoded as the network sees them.
 *
 * @param training rows to fit
 * @param validation rows for early stopping; may be empty
 * @param test rows to judge by
 */
record CompareRows(LabelledRows training, LabelledRows validation, LabelledRows test) {
  /**
   * Reads a pack.
   *
   * @param most how many rows of each split to read
   * @throws ConfigException when its rows have no classes, or there are no test rows
   */
  static CompareRows of(Pack pack, int most, Configuration hadoop) {
    Encoding encoding = pack.index().encoding();
    if (encoding.classes().size() < 2
        || encoding.outputs().size() != 1
        || encoding.outputs().get(0).isNextToken()) {
      throw new ConfigException(
          "data.task", "must be classification of one label, to compare learners", "other");
    }
    if (encoding.inputs().size() != 1) {
      throw new ConfigException(
          "data.inputs", "must be one input, to compare learners", encoding.inputs().size());
    }
    if (pack.index().test().rows() == 0) {
      throw new ConfigException(
          "data.test.fraction", "must be above 0: learners are judged by test rows", 0);
    }
    return new CompareRows(
        read(pack, pack.index().train(), most, hadoop),
        read(pack, pack.index().validation(), most, hadoop),
        read(pack, pack.index().test(), most, hadoop));
  }

  private static LabelledRows read(Pack pack, PackSplit split, int most, Configuration hadoop) {
    List<double[]> features = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    Encoding encoding = pack.index().encoding();
    try {
      new SequentialReader(first(split, most), pack.reader(hadoop), encoding.decoder())
          .read(0, 1, batch -> add(batch, most, features, labels));
    } catch (IOException e) {
      throw FileFault.of("Cannot read", pack.folder(), e);
    }
    return new LabelledRows(features, labels, encoding.classes().size());
  }

  /** The first blocks that have {@code rows} rows together, or all. */
  private static PackSplit first(PackSplit split, int rows) {
    List<BlockEntry> blocks = new ArrayList<>();
    long counted = 0;
    for (BlockEntry block : split.blocks()) {
      if (counted < rows) {
        blocks.add(block);
        counted += block.rows();
      }
    }
    return PackSplit.of(blocks);
  }

  private static void add(
      MiniBatch batch, int most, List<double[]> features, List<Integer> labels) {
    int count = Math.min(batch.rows(), most - features.size());
    INDArray all = batch.features().get(0);
    long width = all.length() / batch.rows();
    double[][] numbers = all.dup('c').reshape('c', batch.rows(), width).toDoubleMatrix();
    double[][] classes = batch.labels().get(0).toDoubleMatrix();
    for (int row = 0; row < count; row++) {
      features.add(numbers[row]);
      labels.add(Decision.USUAL.classOf(Outputs.byClass(classes[row])));
    }
  }
}
