package io.evenstep.driver.dl4j;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Random examples, one per DataSet; the same for the same seed. */
final class Examples {
  private Examples() {}

  /** Vectors with a class. */
  static List<DataSet> rows(int count) {
    Random random = new Random(7);
    List<DataSet> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int label = random.nextInt(SmallNetworks.CLASSES);
      rows.add(new DataSet(numbers(random, label, 1, SmallNetworks.IN), oneHot(label)));
    }
    return rows;
  }

  /** Images of one channel, 8 x 8, with a class. */
  static List<DataSet> images(int count) {
    Random random = new Random(8);
    List<DataSet> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int label = random.nextInt(SmallNetworks.CLASSES);
      rows.add(new DataSet(numbers(random, label, 1, 1, 8, 8), oneHot(label)));
    }
    return rows;
  }

  /** Sequences of up to {@link SmallNetworks#STEPS} time steps, each step with a class. */
  static List<DataSet> sequences(int count, IntPredicate isWhole) {
    Random random = new Random(3);
    List<DataSet> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int steps = isWhole.test(i) ? SmallNetworks.STEPS : 1 + random.nextInt(SmallNetworks.STEPS);
      INDArray labels = Nd4j.zeros(1, SmallNetworks.CLASSES, steps);
      for (int step = 0; step < steps; step++) {
        labels.putScalar(new int[] {0, random.nextInt(SmallNetworks.CLASSES), step}, 1);
      }
      rows.add(new DataSet(numbers(random, 0, 1, SmallNetworks.IN, steps), labels));
    }
    return rows;
  }

  /** Two vectors, with a class and a number. */
  static List<MultiDataSet> pairs(int count) {
    Random random = new Random(9);
    List<MultiDataSet> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int label = random.nextInt(SmallNetworks.CLASSES);
      INDArray[] inputs = {
        numbers(random, label, 1, SmallNetworks.IN), numbers(random, label, 1, 2)
      };
      INDArray[] outputs = {oneHot(label), numbers(random, label, 1, 1)};
      rows.add(new org.nd4j.linalg.dataset.MultiDataSet(inputs, outputs));
    }
    return rows;
  }

  static List<MultiDataSet> multi(List<DataSet> rows) {
    return rows.stream().map(DataSet::toMultiDataSet).toList();
  }

  static INDArray numbers(Random random, int shift, long... shape) {
    INDArray array = Nd4j.create(shape);
    for (long i = 0; i < array.length(); i++) {
      array.putScalar(i, random.nextGaussian() + 0.5 * shift);
    }
    return array;
  }

  static INDArray oneHot(int label) {
    INDArray array = Nd4j.zeros(1, SmallNetworks.CLASSES);
    array.putScalar(0, label, 1);
    return array;
  }

  /** As input for a local {@code fit}: batches of {@code size} in order, the last one shorter. */
  static List<DataSet> batches(List<DataSet> rows, int size) {
    List<DataSet> batches = new ArrayList<>();
    for (int from = 0; from < rows.size(); from += size) {
      batches.add(DataSet.merge(rows.subList(from, Math.min(rows.size(), from + size))));
    }
    return batches;
  }
}
