package io.evenstep.driver.cli;

import io.evenstep.driver.cli.session.ExitCode;
import io.evenstep.driver.cli.session.SparkOptions;
import io.evenstep.driver.control.StopRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Describes the content of a table. */
@Command(
    name = "describe",
    description = "Describe a table: its columns, their values, and what is missing.")
final class DescribeCommand implements Callable<Integer> {
  private final JobRunners.Describe job;
  private final StopRequest stop;

  @Parameters(
      arity = "1..*",
      paramLabel = "DATA",
      description =
          "CSV, Parquet or JSON lines: files, folders or globs; or the folder of a Delta or Iceberg"
              + " table.")
  private List<String> paths = new ArrayList<>();

  @Option(
      names = "--label",
      paramLabel = "COLUMN",
      description = "Column whose classes are counted and compared with the other columns.")
  private Optional<String> label = Optional.empty();

  @Mixin private SparkOptions spark = new SparkOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  DescribeCommand(JobRunners.Describe job, StopRequest stop) {
    this.job = job;
    this.stop = stop;
  }

  @Override
  public Integer call() {
    String text = spark.run("evenstep describe", stop, opened -> job.run(paths, label, opened));
    spec.commandLine().getOut().print(text);
    return ExitCode.DONE.number;
  }
}
