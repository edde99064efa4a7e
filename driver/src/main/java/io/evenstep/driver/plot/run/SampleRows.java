package io.evenstep.driver.plot.run;

import io.evenstep.driver.data.pack.Pack;
import io.evenstep.driver.data.pack.PackRows;
import io.evenstep.driver.score.Outputs;
import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.data.pack.PackSplit;
import io.evenstep.model.decision.Decision;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Some of a run's test rows, or of its training rows if it has no test rows. */
final class SampleRows {
  static final int MOST = 400;

  private final String split;
  private final INDArray features; // [rows, ...] of the first input
  private final Optional<INDArray> mask; // [rows, steps] of the first input
  private final INDArray labels; // [rows, ...] of the first output; empty without labels

  private SampleRows(String split, INDArray features, Optional<INDArray> mask, INDArray labels) {
    this.split = split;
    this.features = features;
    this.mask = mask;
    this.labels = labels;
  }

  /**
   * The first rows of the first block; their order is already random.
   *
   * @throws io.evenstep.model.StorageException when it cannot be read
   */
  static SampleRows of(Pack pack, Configuration hadoop) {
    boolean hasTest = pack.index().test().rows() > 0;
    PackSplit split = hasTest ? pack.index().test() : pack.index().train();
    String name = hasTest ? "test" : "training";
    return PackRows.first(
        pack, split, pack.index().encoding().decoder(), MOST, hadoop, batch -> copy(name, batch));
  }

  private static SampleRows copy(String split, MiniBatch batch) {
    List<INDArray> labels = batch.labels();
    return new SampleRows(
        split,
        batch.features().get(0).dup(),
        batch.featureMasks().stream().findFirst().flatMap(each -> each).map(INDArray::dup),
        labels.isEmpty() ? Nd4j.empty() : labels.get(0).dup());
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

  /** The first row's mask of its steps, [1, steps]; empty if none is padding. */
  Optional<INDArray> firstMask() {
    return mask.map(all -> all.slice(0).dup().reshape(1, all.size(1)));
  }

  /** The class of a row. */
  int classOf(int row) {
    INDArray label = labels.slice(row);
    return Decision.USUAL.classOf(Outputs.byClass(label.reshape(label.length()).toDoubleVector()));
  }
}
