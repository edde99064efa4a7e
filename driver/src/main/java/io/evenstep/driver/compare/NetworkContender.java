package io.evenstep.driver.compare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.evenstep.driver.compare.Contender.Fitted;
import io.evenstep.driver.config.JobConfig;
import io.evenstep.driver.ml.EvenstepClassifier;
import io.evenstep.model.data.TensorEncoding;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** The job's network, with the job's training, on rows that are encoded already. */
final class NetworkContender {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final JobConfig job;
  private final TensorEncoding input;
  private final String output;
  private final SparkSession spark;

  /**
   * @param input of the network
   * @param output folder for the fits
   */
  NetworkContender(JobConfig job, TensorEncoding input, String output, SparkSession spark) {
    this.job = job;
    this.input = input;
    this.output = output;
    this.spark = spark;
  }

  /**
   * Trains it.
   *
   * @param validation rows for early stopping; used only if the job stops early
   */
  Fitted fit(LabelledRows rows, LabelledRows validation) {
    EvenstepClassifier network = classifier();
    if (job.training().stopping().isEmpty()) {
      return SparkContenders.fitted(network, spark, rows.dataset(spark));
    }
    network.setValidationIndicatorCol(LabelledRows.VALIDATES);
    return SparkContenders.fitted(network, spark, rows.dataset(spark, validation));
  }

  private EvenstepClassifier classifier() {
    EvenstepClassifier network = new EvenstepClassifier();
    settings()
        .properties()
        .forEach(
            setting -> {
              if (isTaken(setting.getKey())) {
                network.setting(setting.getKey(), plain(setting));
              }
            });
    if (input.shape().size() > 1) {
      network.setting("data.shape", input.shape());
    }
    return network
        .setting("data.normalize", "none")
        .setting("tracking.mlflow.uri", "none")
        .setting("output", output);
  }

  private static boolean isTaken(String key) {
    boolean learns = key.equals("seed") || key.startsWith("model.") || key.startsWith("training.");
    return learns && EvenstepClassifier.takes(key);
  }

  private static Object plain(Map.Entry<String, JsonNode> setting) {
    return JSON.convertValue(setting.getValue(), Object.class);
  }

  private JsonNode settings() {
    try {
      return JSON.readTree(job.toJson()).required("settings");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A job's JSON can be read again", e);
    }
  }
}
