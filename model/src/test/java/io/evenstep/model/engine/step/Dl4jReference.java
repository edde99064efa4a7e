package io.evenstep.model.engine.step;

import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.layer.AddsLoss;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/** DL4J's own network, the reference for a program. */
final class Dl4jReference {
  private final MultiLayerNetwork network;

  Dl4jReference(MultiLayerConfiguration configuration) {
    network = new MultiLayerNetwork(configuration);
    network.init();
    network.initGradientsView();
  }

  INDArray parameters() {
    return network.params();
  }

  MultiLayerNetwork network() {
    return network;
  }

  /** Fills {@link #gradient()}; returns the sum of losses. */
  double computeGradient(MiniBatch batch) {
    network.setInput(batch.features().get(0).dup('c')); // because activations work in place
    network.setLabels(batch.labels().get(0));
    network.setLayerMaskArrays(mask(batch.featureMasks()), mask(batch.labelMasks()));
    network.computeGradientAndScore();
    scaleStatistics(batch.rows());
    double penalty = penalty();
    network.clearLayerMaskArrays();
    return (network.score() - penalty) * batch.rows();
  }

  /** Of the parameters; what layers add to the loss of their rows is a part of the loss. */
  private double penalty() {
    return network.calcRegularizationScore(true) - AddsLoss.mean(network.getLayers());
  }

  /** In the same way as Evenstep's DL4J engine. */
  private void scaleStatistics(int rows) {
    for (Map.Entry<String, INDArray> entry : network.gradient().gradientForVariable().entrySet()) {
      String name = entry.getKey().substring(entry.getKey().indexOf('_') + 1);
      if (List.of("mean", "var", "log10stdev").contains(name)) {
        entry.getValue().muli(rows);
      }
    }
  }

  private static INDArray mask(List<Optional<INDArray>> masks) {
    return masks.isEmpty() ? null : masks.get(0).orElse(null);
  }

  INDArray gradient() {
    return network.getFlattenedGradients();
  }

  /** The sum of losses in inference mode. */
  double loss(MiniBatch batch) {
    DataSet rows =
        new DataSet(
            batch.features().get(0).dup('c'),
            batch.labels().get(0),
            mask(batch.featureMasks()),
            mask(batch.labelMasks()));
    return (network.score(rows, false) - penalty()) * batch.rows();
  }

  /** In the same way as Evenstep's DL4J engine. */
  INDArray output(MiniBatch batch) {
    INDArray features = batch.features().get(0).dup('c');
    INDArray mask = mask(batch.featureMasks());
    return mask == null
        ? network.output(features, false)
        : network.output(features, false, mask, null);
  }

  /** The largest relative difference of two flat vectors, over the parameters. */
  double distance(INDArray flat, INDArray from) {
    double worst = 0;
    long at = 0;
    for (Map.Entry<String, INDArray> entry : network.paramTable().entrySet()) {
      // DL4J's table is in the flat vector's order, except for convolutions: so offsets are looked
      // up
      INDArray parameter = entry.getValue();
      long begin = parameter.offset() - network.params().offset();
      worst = Math.max(worst, part(flat, from, begin, begin + parameter.length()));
      at += parameter.length();
    }
    if (at != flat.length()) {
      throw new IllegalStateException("parameters of " + at + " of " + flat.length());
    }
    return worst;
  }

  private static double part(INDArray left, INDArray right, long begin, long end) {
    double difference = 0;
    double size = 1e-3;
    for (long i = begin; i < end; i++) {
      difference = Math.max(difference, Math.abs(left.getDouble(i) - right.getDouble(i)));
      size = Math.max(size, Math.abs(right.getDouble(i)));
    }
    return difference / size;
  }
}
