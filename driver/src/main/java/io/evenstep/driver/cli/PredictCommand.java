package io.evenstep.driver.cli;

import io.evenstep.driver.cli.look.RunOptions;
import io.evenstep.driver.cli.session.ExitCode;
import io.evenstep.driver.cli.session.OpenSession;
import io.evenstep.driver.cli.session.SparkOptions;
import io.evenstep.driver.cli.terminal.Terminal;
import io.evenstep.driver.config.JobConfig;
import io.evenstep.driver.control.Progress;
import io.evenstep.driver.control.StopRequest;
import io.evenstep.driver.data.spec.DataSpec;
import io.evenstep.driver.data.spec.ReadSettings;
import io.evenstep.driver.data.spec.SourceSpec;
import io.evenstep.driver.data.spec.WindowSpec;
import io.evenstep.driver.run.PredictRequest;
import io.evenstep.driver.run.RunFolder;
import io.evenstep.driver.score.BadRows;
import io.evenstep.driver.score.PredictedRows;
import io.evenstep.driver.score.RowTolerance;
import io.evenstep.model.ConfigException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Predicts rows with a finished run. */
@Command(
    name = "predict",
    description = "Predict rows with a finished run. The rows are read like its training rows.")
final class PredictCommand implements Callable<Integer> {
  private static final String NAME = "evenstep predict";

  private final JobRunners.Predict job;
  private final StopRequest stop;

  @Mixin private RunOptions run = new RunOptions();

  @Option(
      names = "--input",
      required = true,
      paramLabel = "PATH",
      description = "Files, folder or glob with the rows; a table or query for data.format sql.")
  private String input = "";

  @Option(
      names = "--output",
      required = true,
      paramLabel = "PATH",
      description = "Folder to write, which must not exist yet.")
  private String output = "";

  @Option(
      names = "--format",
      paramLabel = "csv|json|parquet|delta|iceberg",
      description =
          "Output format: parquet (default), csv, json with one object per line, or a new table of"
              + " Delta or Iceberg if its jar is there.")
  private PredictRequest.Format format = PredictRequest.Format.PARQUET;

  @Option(
      names = "--bad-rows",
      paramLabel = "refuse|flag|skip",
      description =
          "Rows that cannot be predicted: refuse all, let them out with the reason in a column"
              + " problem, or leave them out; default: refuse.")
  private BadRows badRows = BadRows.REFUSE;

  @Mixin private SparkOptions spark = new SparkOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  PredictCommand(JobRunners.Predict job, StopRequest stop) {
    this.job = job;
    this.stop = stop;
  }

  @Override
  public Integer call() {
    PredictedRows rows = predict();
    say("Predicted %,d rows: " + output.replace("%", "%%"), rows.scored());
    String fate = badRows == BadRows.FLAG ? "Flagged" : "Left out";
    if (rows.missing() > 0) {
      say(fate + " %,d rows with missing values", rows.missing());
    }
    if (rows.bad() > 0) {
      say(fate + " %,d bad rows", rows.bad());
    }
    return ExitCode.DONE.number;
  }

  private void say(String format, long rows) {
    spec.commandLine().getOut().println(String.format(Locale.ROOT, format, rows));
  }

  private PredictedRows predict() {
    try (Progress progress = Terminal.progress(spec.commandLine().getErr())) {
      return spark
          .withoutSession(NAME, List.of(run.path(), input, output))
          .flatMap(hadoop -> job.here(request(hadoop), hadoop, progress))
          .orElseGet(() -> predict(progress));
    }
  }

  private PredictedRows predict(Progress progress) {
    try (OpenSession session = spark.open(NAME)) {
      PredictRequest request = request(session.spark().sparkContext().hadoopConfiguration());
      return session.run(stop, opened -> job.run(request, opened, progress));
    }
  }

  private PredictRequest request(Configuration hadoop) {
    RunFolder folder = run.open(hadoop);
    JobConfig config = RunOptions.job(folder, spark.overrides());
    config.requireLearnedAsItWas();
    if (config.data().labels().task() == DataSpec.Task.NEXT_TOKEN) {
      throw new ConfigException(
          "Cannot predict rows with a language model: continue a text with evenstep generate");
    }
    return new PredictRequest(
        folder,
        unlabelled(config.data().sources().train().with(config.optionsForOthers())),
        output,
        format,
        new RowTolerance(config.data().leniency().kept(), badRows),
        config.training().engine(),
        config.allowedTypes(),
        stop);
  }

  /** The rows of {@code --input}, read like the training rows. */
  private SourceSpec unlabelled(SourceSpec train) {
    boolean sql = train.format() == SourceSpec.Format.SQL;
    return new SourceSpec(
        train.format(),
        sql ? List.of() : List.of(input),
        List.of(),
        train.csv(),
        train.reader(),
        sql ? Optional.of(input) : Optional.empty(),
        new ReadSettings(
            train.options(), train.window().map(WindowSpec::unlabelled), train.tokens()));
  }
}
