package io.evenstep.driver.stage;

import io.evenstep.model.data.Encoding;
import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.data.TensorEncoding;
import io.evenstep.model.metric.Evaluation;
import io.evenstep.model.network.Network;
import io.evenstep.worker.Evaluator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The metrics of the first output of a network: a classification's or a regression's. */
public final class MetricsEvaluator implements Evaluator {
  private static final String PREFIX = "of.";
  private static final Set<String> LOWER_IS_BETTER = Set.of("loss", "logLoss", "mse", "rmse", "mae");

  private final Evaluation evaluation;

  private MetricsEvaluator(Evaluation evaluation) {
    this.evaluation = evaluation;
  }

  /** An empty one for rows of this encoding. */
  public static MetricsEvaluator of(Encoding encoding) {
    TensorEncoding output = encoding.outputs().get(0);
    return new MetricsEvaluator(
        encoding.classes().isEmpty()
            ? Evaluation.regression(output.width())
            : Evaluation.classification(output.width()));
  }

  /** Whether a metric of this name is better the smaller it is. */
  public static boolean lowerIsBetter(String metric) {
    return LOWER_IS_BETTER.contains(metric);
  }

  @Override
  public void add(Network network, MiniBatch batch) {
    INDArray predictions = network.predict(batch).get(0); // [rows, outputs]
    evaluation.add(batch.labels().get(0), predictions);
    evaluation.addLoss(network.loss(batch));
  }

  @Override
  public byte[] toBytes() {
    return evaluation.toBytes();
  }

  @Override
  public void merge(byte[] other) {
    evaluation.merge(Evaluation.fromBytes(other));
  }

  @Override
  public Map<String, Double> metrics() {
    Map<String, Double> metrics = new LinkedHashMap<>();
    evaluation
        .metrics("of")
        .forEach((name, value) -> metrics.put(name.substring(PREFIX.length()), value));
    return metrics;
  }
}
