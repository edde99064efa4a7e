package io.evenstep.driver.ml;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.evenstep.driver.config.JobConfig;
import io.evenstep.driver.config.Overrides;
import io.evenstep.driver.control.LogProgress;
import io.evenstep.driver.ml.score.RowRules;
import io.evenstep.driver.run.ModelFiles;
import io.evenstep.driver.run.Resume;
import io.evenstep.driver.run.RunFolder;
import io.evenstep.driver.run.RunReport;
import io.evenstep.driver.run.TrainJob;
import io.evenstep.driver.run.TrainOptions;
import io.evenstep.model.ConfigException;
import io.evenstep.model.DataException;
import io.evenstep.worker.evaluation.Judging;
import io.evenstep.worker.evaluation.OutputEvaluator.Loss;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One fit as a job: the Params become a job file, the dataset becomes its rows, and {@link
 * TrainJob} runs it.
 */
final class EstimatorFit {
  private static final Logger log = LoggerFactory.getLogger(EstimatorFit.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PATIENCE = "training.stopping.patience";
  private static final List<String> NETWORKS =
      List.of("model.name", "model.layers", "model.json", "model.zip", "model.keras");

  private final FitRequest request;
  private final SettingParams settings;
  private final Dataset<Row> rows;

  EstimatorFit(FitRequest request, SettingParams settings, Dataset<Row> rows) {
    this.request = request;
    this.settings = settings;
    this.rows = rows;
  }

  /**
   * Trains.
   *
   * @throws ConfigException naming the Params that contradict each other
   * @throws DataException naming the rows that cannot be used
   */
  FittedNetwork run() {
    RowRules rules = request.rules(rows);
    try (EstimatorFolder folder =
        EstimatorFolder.of(settings, request.runId(), rows.sparkSession())) {
      return train(rules, folder);
    } catch (DataException e) {
      rules.require(rows);
      throw e;
    } catch (ConfigException e) {
      throw settings.named(e);
    }
  }

  private FittedNetwork train(RowRules rules, EstimatorFolder folder) {
    List<String> numbers = new ArrayList<>(List.of(request.label()));
    request.weight().ifPresent(numbers::add);
    TrainingRows views =
        TrainingRows.of(rows, request.features(), numbers, request.validationIndicator());
    if (settings.isSet(PATIENCE) && views.lacksValidation()) {
      throw new ConfigException(
          PATIENCE,
          "must have validation rows: validationIndicatorCol must be true in some rows",
          "none");
    }
    Map<String, String> given = settings.given();
    given.put("output", folder.output());
    JobConfig job =
        JobConfig.parse(
            text(rules, views),
            request.runId(),
            Path.of("").toAbsolutePath().toString(),
            new Overrides(given, ofSpark(rows.sparkSession())));
    RunReport report =
        TrainJob.run(
            job,
            new TrainOptions(request.runId(), Resume.NEVER),
            views.session(),
            new LogProgress(log, request.runId() + ": "));
    RunFolder run = folder.run(report.runId());
    return new FittedNetwork(
        ModelFiles.read(run, Judging.of(Loss.OF_TASK), job.training().engine(), job.allowedTypes()),
        TrainingSummary.read(run));
  }

  /** What only Spark's settings say: a saved pipeline must not open a port, or allow classes. */
  private static Map<String, String> ofSpark(SparkSession spark) {
    Map<String, String> settings = new LinkedHashMap<>(OwnTypes.settings(spark));
    for (String key : List.of("training.ui", "training.uiHost", "training.uiPort")) {
      String value = spark.conf().get(Overrides.SPARK_PREFIX + key, "");
      if (!value.isBlank()) {
        settings.put(key, value);
      }
    }
    return settings;
  }

  /** Settings that the Params do not contain. */
  private String text(RowRules rules, TrainingRows views) {
    Map<String, Object> job = new LinkedHashMap<>();
    job.put("report.tensorboard", false);
    job.put("report.page", false); // there are many fits, and their folders are often temporary
    request.tuning().ifPresent(name -> job.put("tracking.mlflow.parent", name));
    job.put("data.format", "sql");
    job.put("data.query", TrainingRows.TRAINING);
    if (views.validation()) {
      job.put("data.validation.query", TrainingRows.VALIDATION);
    }
    job.put(
        "data.features",
        List.of(Map.of("column", request.features(), "type", "vector", "length", rules.size())));
    job.put("data.label", List.of(request.label()));
    request.weight().ifPresent(column -> job.put("data.weight", column));
    if (rules.classes() == 0) {
      job.put("data.task", "regression");
    } else {
      job.put(
          "data.classes", IntStream.range(0, rules.classes()).mapToObj(String::valueOf).toList());
    }
    if (NETWORKS.stream().noneMatch(settings::isSet)) {
      job.put("model.name", "mlp");
    }
    try {
      return JSON.writeValueAsString(job);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A job is plain values", e);
    }
  }
}
