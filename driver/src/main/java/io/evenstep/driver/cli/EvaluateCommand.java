package io.evenstep.driver.cli;

import io.evenstep.driver.cli.look.RunOptions;
import io.evenstep.driver.cli.session.ExitCode;
import io.evenstep.driver.cli.session.OpenSession;
import io.evenstep.driver.cli.session.SparkOptions;
import io.evenstep.driver.cli.terminal.Summary;
import io.evenstep.driver.cli.terminal.Terminal;
import io.evenstep.driver.config.JobConfig;
import io.evenstep.driver.control.Progress;
import io.evenstep.driver.control.StopRequest;
import io.evenstep.driver.run.RunFolder;
import io.evenstep.driver.score.BadRows;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Evaluates a finished run on its test rows, or on rows named with {@code --set}. */
@Command(
    name = "evaluate",
    description =
        "Evaluate a finished run on its test rows, or on other rows with --set data.test...")
final class EvaluateCommand implements Callable<Integer> {
  private static final String NAME = "evenstep evaluate";

  private final JobRunners.Evaluate job;
  private final JobRunners.Evaluate importance;
  private final StopRequest stop;

  @Option(
      names = "--importance",
      description =
          "Measure how much each column counts instead: how much worse the validation rows do when"
              + " its values change places.")
  private boolean wantsImportance;

  @Option(
      names = "--bad-rows",
      paramLabel = "refuse|flag|skip",
      description =
          "Rows of --set data.test.path and the like that cannot be evaluated: refuse all, leave"
              + " them out and print what is wrong with the first ones, or leave them out; default:"
              + " refuse.")
  private BadRows badRows = BadRows.REFUSE;

  @Mixin private RunOptions run = new RunOptions();
  @Mixin private SparkOptions spark = new SparkOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  EvaluateCommand(JobRunners.Evaluate job, JobRunners.Evaluate importance, StopRequest stop) {
    this.job = job;
    this.importance = importance;
    this.stop = stop;
  }

  @Override
  public Integer call() {
    Summary.print(evaluate(), spec.commandLine().getOut());
    return ExitCode.DONE.number;
  }

  private Map<String, Double> evaluate() {
    JobRunners.Evaluate work = wantsImportance ? importance : job;
    try (Progress progress = Terminal.progress(spec.commandLine().getErr())) {
      return spark
          .withoutSession(NAME)
          .flatMap(hadoop -> evaluateHere(work, hadoop, progress))
          .orElseGet(() -> evaluate(work, progress));
    }
  }

  private Optional<Map<String, Double>> evaluateHere(
      JobRunners.Evaluate work, Configuration hadoop, Progress progress) {
    RunFolder folder = run.open(hadoop);
    JobConfig config = RunOptions.job(folder, spark.overrides());
    return work.here(folder, config, badRows, hadoop, progress);
  }

  private Map<String, Double> evaluate(JobRunners.Evaluate work, Progress progress) {
    try (OpenSession session = spark.open(NAME)) {
      RunFolder folder = run.open(session.spark().sparkContext().hadoopConfiguration());
      JobConfig config = RunOptions.job(folder, spark.overrides());
      return session.run(stop, opened -> work.run(folder, config, badRows, opened, progress));
    }
  }
}
