package io.evenstep.driver.run;

import io.evenstep.driver.config.Gate;
import io.evenstep.driver.config.JobConfig;
import io.evenstep.driver.config.Stopping;
import io.evenstep.driver.data.pack.Pack;
import io.evenstep.model.ConfigException;
import io.evenstep.model.data.Encoding;
import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.data.RecordDecoder;
import io.evenstep.model.data.TensorEncoding;
import io.evenstep.model.data.pack.BlockEntry;
import io.evenstep.model.data.pack.PackSplit;
import io.evenstep.model.metric.Evaluation;
import io.evenstep.worker.feed.BlockReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;

/**
 * Makes sure, before training, that the metrics which stop or judge a run can be had of its rows.
 */
final class MetricCheck {
  /** Those that rows can be without; all others are there where rows are. */
  private static final Set<String> CONDITIONAL = Set.of("auc", "r2");

  private final long validationRows;
  private final long testRows;
  private final JobConfig job;

  MetricCheck(JobConfig job, long validationRows, long testRows) {
    this.job = job;
    this.validationRows = validationRows;
    this.testRows = testRows;
  }

  /**
   * Checks the counts of rows.
   *
   * @throws ConfigException when there are no rows to take a metric of
   */
  void requireRows() {
    job.training()
        .stopping()
        .ifPresent(s -> requireRows("training.stopping.patience", "validation", s.patience()));
    job.gate().ifPresent(gate -> requireRows("gate.metric", split(gate), gate.metric()));
  }

  private void requireRows(String key, String split, Object value) {
    if ((split.equals("test") ? testRows : validationRows) == 0) {
      throw new ConfigException(
          key,
          "must have "
              + split
              + " rows, and the data leave none: raise data."
              + split
              + ".fraction, or give "
              + split
              + " rows of their own",
          value);
    }
  }

  /**
   * Checks the labels.
   *
   * @throws ConfigException when a metric is not defined for them
   */
  void requireDefined(Pack pack, Configuration hadoop) {
    job.training().stopping().map(Stopping::metric).ifPresent(m -> require(pack, hadoop, m));
    job.gate().ifPresent(gate -> requireOfGate(pack, hadoop, gate));
  }

  private void require(Pack pack, Configuration hadoop, String metric) {
    String name = metric.replaceFirst("^validation\\.", "");
    require(pack, hadoop, "training.stopping.metric", "validation", name);
  }

  private void requireOfGate(Pack pack, Configuration hadoop, Gate gate) {
    String split = split(gate);
    require(pack, hadoop, "gate.metric", split, gate.metric().substring(split.length() + 1));
  }

  private static String split(Gate gate) {
    return gate.metric().substring(0, gate.metric().indexOf('.'));
  }

  private void require(Pack pack, Configuration hadoop, String key, String split, String metric) {
    String figure = metric.substring(metric.indexOf('.') + 1);
    PackSplit rows = split.equals("test") ? pack.index().test() : pack.index().validation();
    if (CONDITIONAL.contains(figure) && !isDefined(pack, hadoop, rows, metric)) {
      String why =
          figure.equals("r2")
              ? "r2 needs labels that differ, and those are all the same"
              : "auc needs rows of two classes, and at most 256 classes in all";
      throw new ConfigException(
          key,
          "must be defined for the "
              + split
              + " rows: "
              + why
              + "; take another metric or other "
              + split
              + " rows",
          metric);
    }
  }

  /** Labels that are taken for predictions have every metric that other predictions have. */
  private static boolean isDefined(Pack pack, Configuration hadoop, PackSplit rows, String metric) {
    Encoding encoding = pack.index().encoding();
    List<TensorEncoding> outputs = encoding.outputs();
    List<Evaluation> evaluations = outputs.stream().map(MetricCheck::evaluation).toList();
    RecordDecoder decoder = encoding.decoder();
    BlockReader reader = reader(pack, hadoop, decoder.recordBytes());
    for (BlockEntry block : rows.blocks()) {
      ByteBuffer records = ByteBuffer.wrap(reader.read(block)).order(ByteOrder.LITTLE_ENDIAN);
      try (MiniBatch batch = decoder.decode(records, block.rows())) {
        for (int i = 0; i < outputs.size(); i++) {
          evaluations.get(i).add(batch.labels().get(i), batch.labels().get(i));
          String prefix = outputs.size() == 1 ? "" : outputs.get(i).name();
          String full = outputs.size() == 1 ? "." + metric : metric;
          if (evaluations.get(i).metrics(prefix).containsKey(full)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private static Evaluation evaluation(TensorEncoding output) {
    return output.isClass()
        ? Evaluation.classification(output.classes().size())
        : Evaluation.regression(output.width());
  }

  private static BlockReader reader(Pack pack, Configuration hadoop, int recordBytes) {
    try {
      return new BlockReader(pack.folder().getFileSystem(hadoop), pack.folder(), recordBytes);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot reach " + pack.folder(), e);
    }
  }
}
