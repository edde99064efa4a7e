package io.evenstep.model.engine.step;

import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.engine.step.loss.Target;
import io.evenstep.model.engine.step.op.Binding;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Where a program finds a shard: the address of each array, in C order. Set before each step. */
public final class ShardPlaces {
  private final long rows;
  private final List<Binding> features;
  private final List<Binding> labels;
  private final List<Optional<Binding>> featureMasks;
  private final List<Optional<Binding>> labelMasks;
  private final Optional<Binding> weights;

  ShardPlaces(ShardShape shape) {
    this.rows = shape.rows();
    this.features = shape.features().stream().map(it -> new Binding()).toList();
    this.labels = shape.labels().stream().map(it -> new Binding()).toList();
    this.featureMasks =
        IntStream.range(0, features.size())
            .mapToObj(i -> bindingIf(shape.hasFeatureMask(i)))
            .toList();
    this.labelMasks =
        IntStream.range(0, labels.size()).mapToObj(i -> bindingIf(shape.hasLabelMask(i))).toList();
    this.weights = bindingIf(shape.isWeighted());
  }

  private static Optional<Binding> bindingIf(boolean isThere) {
    return isThere ? Optional.of(new Binding()) : Optional.empty();
  }

  /** The target of an output; empty in a program without labels. */
  Optional<Target> target(int output) {
    return labels.isEmpty()
        ? Optional.empty()
        : Optional.of(new Target(rows, labels.get(output), labelMasks.get(output), weights));
  }

  Binding features(int input) {
    return features.get(input);
  }

  Optional<Binding> featureMask(int input) {
    return featureMasks.get(input);
  }

  /** Where an input's rows are. */
  public ShardPlaces features(int input, long address) {
    features.get(input).bind(address);
    return this;
  }

  /** Where an output's labels are. */
  public ShardPlaces labels(int output, long address) {
    labels.get(output).bind(address);
    return this;
  }

  /** Where an input's mask is, in a program for shards that have one. */
  public ShardPlaces featureMask(int input, long address) {
    featureMasks.get(input).orElseThrow().bind(address);
    return this;
  }

  /** Where the mask of an output's labels is, in a program for shards that have one. */
  public ShardPlaces labelMask(int output, long address) {
    labelMasks.get(output).orElseThrow().bind(address);
    return this;
  }

  /** Where the rows' weights are, in a program for shards that have them. */
  public ShardPlaces weights(long address) {
    weights.orElseThrow().bind(address);
    return this;
  }

  /**
   * Sets the arrays of a batch. They must have the program's shape and live until the step is over.
   *
   * @throws IllegalArgumentException when an array does not hold floats in C order
   */
  public ShardPlaces of(MiniBatch batch) {
    for (int i = 0; i < features.size(); i++) {
      features.get(i).bind(address(batch.features().get(i)));
      if (featureMasks.get(i).isPresent()) {
        featureMasks.get(i).get().bind(address(batch.featureMasks().get(i).orElseThrow()));
      }
    }
    for (int i = 0; i < labels.size(); i++) {
      labels.get(i).bind(address(batch.labels().get(i)));
      if (labelMasks.get(i).isPresent()) {
        labelMasks.get(i).get().bind(address(batch.labelMasks().get(i).orElseThrow()));
      }
    }
    if (weights.isPresent()) {
      weights.get().bind(address(batch.weights().orElseThrow()));
    }
    return this;
  }

  private static long address(INDArray array) {
    if (array.data().getElementSize() != Float.BYTES || !isPlain(array)) {
      throw new IllegalArgumentException(
          "Invalid array: must be floats in C order, got " + array.shapeInfoToString());
    }
    return array.data().address() + array.offset() * Float.BYTES;
  }

  /** In a dimension of size 1 the stride does not matter. */
  private static boolean isPlain(INDArray array) {
    long stride = 1;
    for (int i = array.rank() - 1; i >= 0; i--) {
      if (array.size(i) > 1 && array.stride(i) != stride) {
        return false;
      }
      stride *= array.size(i);
    }
    return true;
  }
}
