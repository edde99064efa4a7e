package io.evenstep.driver.cli;

import io.evenstep.driver.cli.session.ExitCode;
import io.evenstep.driver.cli.session.OpenSession;
import io.evenstep.driver.cli.session.SparkOptions;
import io.evenstep.driver.cli.terminal.Terminal;
import io.evenstep.driver.config.JobConfig;
import io.evenstep.driver.control.Progress;
import io.evenstep.driver.control.StopRequest;
import io.evenstep.driver.data.spec.SourceSpec;
import io.evenstep.driver.run.PredictRequest;
import io.evenstep.driver.run.RunFolder;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Applies a finished run to rows. */
@Command(
    name = "predict",
    description = "Predict rows with a finished run; they are read as its training rows were.")
final class PredictCommand implements Callable<Integer> {
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
      description = "Folder to write, which must not be there yet.")
  private String output = "";

  @Option(
      names = "--format",
      paramLabel = "csv|parquet",
      description = "How to write: parquet, unless it says csv.")
  private PredictRequest.Format format = PredictRequest.Format.PARQUET;

  @Mixin private SparkOptions spark = new SparkOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  PredictCommand(JobRunners.Predict job, StopRequest stop) {
    this.job = job;
    this.stop = stop;
  }

  @Override
  public Integer call() {
    spec.commandLine().getOut().printf(Locale.ROOT, "Predicted %,d rows: %s%n", predict(), output);
    return ExitCode.DONE.number;
  }

  private long predict() {
    try (OpenSession session = spark.open("evenstep predict");
        Progress progress = Terminal.progress(spec.commandLine().getErr())) {
      RunFolder folder = run.open(session.spark().sparkContext().hadoopConfiguration());
      JobConfig config = RunOptions.job(folder, spark.overrides());
      config.requireLearnedAsItWas();
      SourceSpec rows = unlabelled(config.data().sources().train());
      PredictRequest request =
          new PredictRequest(
              folder,
              rows,
              output,
              format,
              config.data().leniency().kept(),
              config.training().engine(),
              config.allowedTypes(),
              stop);
      return session.run(stop, opened -> job.run(request, opened, progress));
    }
  }

  /** The rows of {@code --input}, read as the training rows were. */
  private SourceSpec unlabelled(SourceSpec train) {
    boolean sql = train.format() == SourceSpec.Format.SQL;
    return new SourceSpec(
        train.format(),
        sql ? List.of() : List.of(input),
        List.of(),
        train.header(),
        train.delimiter(),
        train.reader(),
        sql ? Optional.of(input) : Optional.empty(),
        train.options());
  }
}
