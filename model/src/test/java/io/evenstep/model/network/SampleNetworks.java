package io.evenstep.model.network;

import io.evenstep.model.catalog.layer.LayerDefaults;
import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.network.dl4j.Clipping;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Specs and rows that many tests use. */
public final class SampleNetworks {
  static final OptimizerSpec ADAM = new OptimizerSpec("adam", 0.01, Map.of());
  public static final ScheduleSpec CONSTANT = new ScheduleSpec("constant", 0, 1000, Map.of());

  private SampleNetworks() {}

  public static NetworkSpec spec(NetworkSpec.Source source) {
    return spec(source, ADAM, CONSTANT);
  }

  public static NetworkSpec spec(
      NetworkSpec.Source source, OptimizerSpec optimizer, ScheduleSpec schedule) {
    return new NetworkSpec(
        source,
        Optional.empty(),
        Optional.empty(),
        "xavier",
        new LayerDefaults("relu", 0),
        NetworkSpec.Penalties.NONE,
        new NetworkSpec.Updates(Optional.of(optimizer), schedule, Clipping.NONE),
        1);
  }

  static NetworkSpec withLoss(NetworkSpec s, String loss) {
    return new NetworkSpec(
        s.source(),
        Optional.of(loss),
        Optional.empty(),
        s.weightInit(),
        s.defaults(),
        s.penalties(),
        s.updates(),
        s.seed());
  }

  static NetworkSpec withActivation(NetworkSpec s, String activation) {
    return new NetworkSpec(
        s.source(),
        s.loss(),
        Optional.empty(),
        s.weightInit(),
        new LayerDefaults(activation, s.defaults().dropout()),
        s.penalties(),
        s.updates(),
        s.seed());
  }

  static NetworkSpec withWeightInit(NetworkSpec s, String weightInit) {
    return new NetworkSpec(
        s.source(),
        s.loss(),
        Optional.empty(),
        weightInit,
        s.defaults(),
        s.penalties(),
        s.updates(),
        s.seed());
  }

  public static NetworkSpec withPenalties(NetworkSpec s, double l1, double l2, double weightDecay) {
    return new NetworkSpec(
        s.source(),
        s.loss(),
        Optional.empty(),
        s.weightInit(),
        s.defaults(),
        new NetworkSpec.Penalties(l1, l2, weightDecay),
        s.updates(),
        s.seed());
  }

  static NetworkSpec withOwnOptimizer(NetworkSpec s) {
    return new NetworkSpec(
        s.source(),
        s.loss(),
        Optional.empty(),
        s.weightInit(),
        s.defaults(),
        s.penalties(),
        new NetworkSpec.Updates(Optional.empty(), s.updates().schedule(), s.updates().clipping()),
        s.seed());
  }

  public static NetworkSpec withDropout(NetworkSpec s, double dropout) {
    return new NetworkSpec(
        s.source(),
        s.loss(),
        Optional.empty(),
        s.weightInit(),
        new LayerDefaults(s.defaults().activation(), dropout),
        s.penalties(),
        s.updates(),
        s.seed());
  }

  public static NetworkSpec withClipping(NetworkSpec s, Clipping clipping) {
    return new NetworkSpec(
        s.source(),
        s.loss(),
        Optional.empty(),
        s.weightInit(),
        s.defaults(),
        s.penalties(),
        new NetworkSpec.Updates(s.updates().optimizer(), s.updates().schedule(), clipping),
        s.seed());
  }

  /** Normal features of a shape. */
  public static INDArray features(int rows, Shape shape, long seed) {
    Random random = new Random(seed);
    float[] values = new float[rows * shape.length()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    long[] sizes = new long[shape.sizes().size() + 1];
    sizes[0] = rows;
    for (int i = 1; i < sizes.length; i++) {
      sizes[i] = shape.sizes().get(i - 1);
    }
    return Nd4j.createFromArray(values).reshape(sizes);
  }

  /** One-hot labels, [rows, classes]. */
  public static INDArray oneHot(int rows, int classes, long seed) {
    Random random = new Random(seed);
    INDArray labels = Nd4j.zeros(DataType.FLOAT, rows, classes);
    for (int row = 0; row < rows; row++) {
      labels.putScalar(row, random.nextInt(classes), 1);
    }
    return labels;
  }

  public static MiniBatch batch(int rows, Shape shape, int classes, long seed) {
    return MiniBatch.of(features(rows, shape, seed), oneHot(rows, classes, seed + 1));
  }

  /** The rows of a batch in runs of the given sizes. */
  public static List<MiniBatch> split(MiniBatch batch, int... sizes) {
    List<MiniBatch> shards = new ArrayList<>();
    int from = 0;
    for (int size : sizes) {
      shards.add(
          new MiniBatch(
              rows(batch.features(), from, size),
              rows(batch.labels(), from, size),
              List.of(),
              List.of(),
              size));
      from += size;
    }
    return shards;
  }

  private static List<INDArray> rows(List<INDArray> arrays, int from, int size) {
    return arrays.stream()
        .map(
            array -> {
              INDArrayIndex[] index = new INDArrayIndex[array.rank()];
              java.util.Arrays.fill(index, NDArrayIndex.all());
              index[0] = NDArrayIndex.interval(from, from + size);
              return array.get(index).dup('c');
            })
        .toList();
  }
}
