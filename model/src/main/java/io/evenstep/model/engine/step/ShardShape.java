package io.evenstep.model.engine.step;

import io.evenstep.model.data.MiniBatch;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a program is compiled for: shards of this shape and no other.
 *
 * @param features shape of each input, rows first
 * @param labels shape of each output's labels, rows first; empty for predictions
 * @param featureMasks for each input, whether it has a mask
 * @param labelMasks for each output, whether its labels have a mask
 * @param isWeighted whether rows have weights
 */
public record ShardShape(
    List<List<Long>> features,
    List<List<Long>> labels,
    List<Boolean> featureMasks,
    List<Boolean> labelMasks,
    boolean isWeighted) {

  /** Copies the lists. */
  public ShardShape {
    features = List.copyOf(features);
    labels = List.copyOf(labels);
    featureMasks = List.copyOf(featureMasks);
    labelMasks = List.copyOf(labelMasks);
  }

  /** The shape of a batch. */
  public static ShardShape of(MiniBatch batch) {
    return new ShardShape(
        batch.features().stream().map(ShardShape::shape).toList(),
        batch.labels().stream().map(ShardShape::shape).toList(),
        batch.featureMasks().stream().map(Optional::isPresent).toList(),
        batch.labelMasks().stream().map(Optional::isPresent).toList(),
        batch.weights().isPresent());
  }

  /** The same rows, for prediction. */
  ShardShape withoutLabels() {
    return new ShardShape(features, List.of(), featureMasks, List.of(), false);
  }

  /** The same rows without weights. */
  ShardShape withoutWeights() {
    return new ShardShape(features, labels, featureMasks, labelMasks, false);
  }

  /** Rows of the shard. */
  public long rows() {
    return features.get(0).get(0);
  }

  boolean hasLabels() {
    return !labels.isEmpty();
  }

  boolean hasFeatureMask(int input) {
    return input < featureMasks.size() && featureMasks.get(input);
  }

  boolean hasLabelMask(int output) {
    return output < labelMasks.size() && labelMasks.get(output);
  }

  private static List<Long> shape(INDArray array) {
    return Arrays.stream(array.shape()).boxed().toList();
  }
}
