package io.evenstep.driver.run;

import io.evenstep.driver.config.Gate;
import io.evenstep.driver.config.JobConfig;
import io.evenstep.driver.config.StoppingConfig;
import io.evenstep.driver.data.pack.Pack;
import io.evenstep.driver.data.pack.Packer;
import io.evenstep.driver.data.pack.Preview;
import io.evenstep.driver.data.part.Reading;
import io.evenstep.driver.data.scan.SplitLabels;
import io.evenstep.model.ConfigException;
import io.evenstep.model.catalog.Activations;
import io.evenstep.model.catalog.Losses;
import io.evenstep.model.data.Encoding;
import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.data.RecordDecoder;
import io.evenstep.model.data.TensorEncoding;
import io.evenstep.model.data.pack.BlockEntry;
import io.evenstep.model.data.pack.PackSplit;
import io.evenstep.model.decision.DecisionPlan;
import io.evenstep.model.decision.Threshold;
import io.evenstep.model.network.NetworkSpec;
import io.evenstep.worker.checkpoint.FileFault;
import io.evenstep.worker.feed.BlockReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;

/**
 * Checks, before training, that the metrics of early stopping and quality gate can be computed from
 * the rows.
 */
final class MetricCheck {
  /** Metrics that may be undefined for some rows. All other metrics are defined for any rows. */
  private static final Set<String> CONDITIONAL = Set.of("auc", "prAuc", "r2", "mape");

  /** Those that rank or judge probabilities. */
  private static final Set<String> OF_PROBABILITIES = Set.of("auc", "prAuc", "logLoss", "ece");

  /** Those that compare a reconstruction with an input that was disturbed. */
  private static final Set<String> OF_NOISE = Set.of("inputMse", "errorLeft");

  private final JobConfig job;
  private final Preview data;

  MetricCheck(JobConfig job, Preview data) {
    this.job = job;
    this.data = data;
  }

  /**
   * Checks the counts of rows.
   *
   * @throws ConfigException when there are no rows to compute a metric from
   */
  void requireRows() {
    job.training()
        .stopping()
        .ifPresent(s -> requireRows("training.stopping.patience", "validation", s.patience()));
    job.gate().ifPresent(gate -> requireRows("gate.metric", split(gate), gate.metric()));
    if (job.decisions().learns()) {
      requireRows(decisionKey(), "validation", "no rows");
    }
  }

  private void requireRows(String key, String split, Object value) {
    if ((split.equals("test") ? data.testRows() : data.validationRows()) == 0) {
      throw new ConfigException(
          key,
          "must have "
              + split
              + " rows, and there are none: raise data."
              + split
              + ".fraction, or set data."
              + split
              + ".path",
          value);
    }
  }

  /**
   * Checks the labels.
   *
   * @param reading how the sources are read, where there is no pack
   * @throws ConfigException when a metric is not defined for them
   */
  void requireDefined(Reading reading) {
    job.training().stopping().ifPresent(stopping -> requireDefined(reading, stopping));
    job.gate().ifPresent(gate -> requireDefined(reading, gate));
    requireDecidable(reading);
  }

  /** Checks that thresholds and calibration have probabilities to work on. */
  private void requireDecidable(Reading reading) {
    DecisionPlan plan = job.decisions();
    if (plan.equals(DecisionPlan.USUAL)) {
      return;
    }
    scores()
        .ifPresent(
            cause -> {
              String rule = "must not be set: with " + cause + " the network gives scores";
              throw new ConfigException(decisionKey(), rule, "scores");
            });
    List<TensorEncoding> pairs =
        data.encoding().outputs().stream().filter(each -> each.classes().size() == 2).toList();
    if (pairs.isEmpty() && !plan.threshold().equals(Threshold.USUAL)) {
      throw new ConfigException(
          "evaluation.threshold",
          "must be 0.5, because no label has exactly two classes",
          data.encoding().classes().size() + " classes");
    }
    if (plan.threshold() instanceof Threshold.Best) {
      pairs.forEach(output -> requireBothClasses(reading, output));
    }
  }

  private String decisionKey() {
    return job.decisions().calibrates() ? "evaluation.calibration" : "evaluation.threshold";
  }

  private void requireBothClasses(Reading reading, TensorEncoding output) {
    boolean several = data.encoding().outputs().size() > 1;
    if (!isDefined(reading, "validation", several ? output.name() + ".auc" : "auc")) {
      throw new ConfigException(
          "evaluation.threshold",
          "must be a number, or have validation rows of both classes; raise"
              + " data.validation.fraction, or set data.split: stratified",
          "rows of one class");
    }
  }

  private void requireDefined(Reading reading, StoppingConfig stopping) {
    String name = stopping.metric().replaceFirst("^validation\\.", "");
    requireDefined(reading, "training.stopping.metric", "validation", name);
  }

  private void requireDefined(Reading reading, Gate gate) {
    String split = split(gate);
    requireDefined(reading, "gate.metric", split, gate.metric().substring(split.length() + 1));
  }

  private static String split(Gate gate) {
    return gate.metric().substring(0, gate.metric().indexOf('.'));
  }

  private void requireDefined(Reading reading, String key, String split, String metric) {
    String figure = metric.substring(metric.indexOf('.') + 1);
    if (OF_PROBABILITIES.contains(figure)) {
      requireProbabilities(key, figure, metric);
    }
    boolean ofNoise = OF_NOISE.contains(figure);
    if (ofNoise && job.evaluationNoise().deviation() == 0) {
      String rule = "must be loss, mse, rmse, mae or r2 unless evaluation.noise is above 0";
      throw new ConfigException(key, rule, metric);
    }
    if (CONDITIONAL.contains(figure) && !isDefined(reading, split, metric)) {
      String why =
          switch (figure) {
            case "r2" -> "r2 needs labels that differ, and all labels are equal";
            case "mape" -> "mape is relative to the label, and a label is 0";
            default ->
                figure + " needs rows of at least two classes, and at most 256 classes in all";
          };
      throw new ConfigException(
          key,
          "must be defined for the "
              + split
              + " rows: "
              + why
              + "; choose another metric or other "
              + split
              + " rows",
          metric);
    }
  }

  private void requireProbabilities(String key, String figure, String metric) {
    Optional<String> cause = scores();
    if (cause.isPresent()) {
      throw new ConfigException(
          key,
          "must be defined: "
              + figure
              + " needs probabilities, and with "
              + cause.get()
              + " the network gives scores; choose loss or accuracy",
          metric);
    }
  }

  /** The setting that makes the network give scores instead of probabilities. */
  private Optional<String> scores() {
    NetworkSpec network = job.network();
    Optional<String> output = network.outputActivation();
    return output.isPresent()
        ? output
            .filter(name -> !Activations.givesProbabilities(name))
            .map(name -> "model.outputActivation " + name)
        : network
            .loss()
            .filter(name -> !Losses.isOfProbabilities(name))
            .map(name -> "model.loss " + name);
  }

  private boolean isDefined(Reading reading, String split, String metric) {
    Encoding encoding = data.encoding();
    return data.pack().isPresent()
        ? isDefined(data.pack().get(), reading.hadoop(), split, metric)
        : Packer.labels(reading, job.data(), encoding, split).define(encoding, metric);
  }

  /** Reads only as many blocks as it needs. */
  private static boolean isDefined(Pack pack, Configuration hadoop, String split, String metric) {
    PackSplit rows = split.equals("test") ? pack.index().test() : pack.index().validation();
    Encoding encoding = pack.index().encoding();
    SplitLabels labels = SplitLabels.of(encoding);
    RecordDecoder decoder = encoding.decoder();
    BlockReader reader = reader(pack, hadoop);
    for (BlockEntry block : rows.blocks()) {
      ByteBuffer records = ByteBuffer.wrap(reader.read(block)).order(ByteOrder.LITTLE_ENDIAN);
      try (MiniBatch batch = decoder.decode(records, block.rows())) {
        labels.add(batch);
      }
      if (labels.define(encoding, metric)) {
        return true;
      }
    }
    return false;
  }

  private static BlockReader reader(Pack pack, Configuration hadoop) {
    try {
      return pack.reader(hadoop);
    } catch (IOException e) {
      throw FileFault.of("Cannot read the pack", pack.folder(), e);
    }
  }
}
