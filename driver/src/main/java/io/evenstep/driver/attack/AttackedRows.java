package io.evenstep.driver.attack;

import io.evenstep.driver.score.Outputs;
import io.evenstep.model.data.Encoding;
import io.evenstep.model.data.Floats;
import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.decision.Decision;
import io.evenstep.model.engine.Attack;
import io.evenstep.model.engine.Scorer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Some rows with the slopes of their loss, which do not depend on how far the rows move. */
final class AttackedRows {
  private static final int TOGETHER = 128; // rows that go through the network at once

  private final Scorer scorer;
  private final Decision decision;
  private final MiniBatch rows;
  private final List<FloatBuffer> slopes;
  private final List<FloatBuffer> random;

  private AttackedRows(Scorer scorer, Decision decision, MiniBatch rows, SplittableRandom signs) {
    this.scorer = scorer;
    this.decision = decision;
    this.rows = rows;
    this.slopes = scorer.inputSlopes(rows).stream().map(AttackedRows::copy).toList();
    this.random = slopes.stream().map(each -> signs(each.limit(), signs)).toList();
  }

  /** A batch in parts that fit the network's memory. */
  static List<AttackedRows> of(Scorer scorer, Encoding encoding, MiniBatch batch, long seed) {
    SplittableRandom signs = new SplittableRandom(seed);
    List<AttackedRows> parts = new ArrayList<>();
    for (int from = 0; from < batch.rows(); from += TOGETHER) {
      int to = Math.min(batch.rows(), from + TOGETHER);
      parts.add(
          new AttackedRows(
              scorer, encoding.outputs().get(0).decision(), part(batch, from, to), signs));
    }
    return parts;
  }

  private static MiniBatch part(MiniBatch batch, int from, int to) {
    return new MiniBatch(
        batch.features().stream().map(array -> part(array, from, to)).toList(),
        batch.labels().stream().map(array -> part(array, from, to)).toList(),
        batch.featureMasks().stream().map(it -> it.map(array -> part(array, from, to))).toList(),
        batch.labelMasks().stream().map(it -> it.map(array -> part(array, from, to))).toList(),
        Optional.empty(),
        to - from,
        () -> {});
  }

  private static INDArray part(INDArray array, int from, int to) {
    return array.get(NDArrayIndex.interval(from, to)).dup('c');
  }

  private static FloatBuffer copy(FloatBuffer numbers) {
    FloatBuffer copy = FloatBuffer.allocate(numbers.limit());
    for (int i = 0; i < copy.limit(); i++) {
      copy.put(i, numbers.get(i));
    }
    return copy;
  }

  private static FloatBuffer signs(int count, SplittableRandom random) {
    FloatBuffer signs = FloatBuffer.allocate(count);
    for (int i = 0; i < count; i++) {
      signs.put(i, random.nextBoolean() ? 1 : -1);
    }
    return signs;
  }

  int count() {
    return rows.rows();
  }

  /** The class of a row. */
  int classOf(int row) {
    INDArray label = rows.labels().get(0).slice(row);
    return Decision.USUAL.classOf(Outputs.byClass(label.reshape(label.length()).toDoubleVector()));
  }

  /** The features of the first input as they are, [rows, ...]. */
  INDArray features() {
    return rows.features().get(0);
  }

  /** The features of the first input after an attack, [rows, ...]. */
  INDArray attacked(Attack attack) {
    return moved(attack, slopes).get(0);
  }

  /** The predicted classes of the rows after an attack. */
  List<Integer> predicted(Attack attack) {
    return predicted(moved(attack, slopes));
  }

  /** How many rows are predicted right after an attack. */
  long right(Attack attack) {
    return right(predicted(attack));
  }

  /** How many rows are predicted right when each number moves as far in a random direction. */
  long rightAtRandom(Attack attack) {
    return right(predicted(moved(attack, random)));
  }

  private long right(List<Integer> predicted) {
    return IntStream.range(0, count()).filter(row -> predicted.get(row) == classOf(row)).count();
  }

  private List<INDArray> moved(Attack attack, List<FloatBuffer> directions) {
    List<INDArray> moved = new ArrayList<>();
    for (int i = 0; i < directions.size(); i++) {
      INDArray from = rows.features().get(i);
      INDArray to = Nd4j.createUninitialized(DataType.FLOAT, from.shape(), 'c');
      attack.move(Floats.of(from), directions.get(i), Floats.of(to));
      Floats.written(to);
      moved.add(to);
    }
    return moved;
  }

  private List<Integer> predicted(List<INDArray> features) {
    MiniBatch batch =
        new MiniBatch(features, List.of(), rows.featureMasks(), List.of(), rows.rows());
    List<Integer> classes = new ArrayList<>();
    for (double[] numbers : Outputs.of(scorer, batch).get(0)) {
      classes.add(decision.classOf(decision.calibrated(Outputs.byClass(numbers))));
    }
    return classes;
  }
}
