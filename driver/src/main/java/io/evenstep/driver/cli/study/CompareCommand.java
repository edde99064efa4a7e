package io.evenstep.driver.cli.study;

import io.evenstep.driver.cli.session.ExitCode;
import io.evenstep.driver.cli.session.JobFiles;
import io.evenstep.driver.cli.session.OptionRules;
import io.evenstep.driver.cli.session.RunIdOption;
import io.evenstep.driver.cli.session.SparkOptions;
import io.evenstep.driver.cli.terminal.Terminal;
import io.evenstep.driver.compare.CompareJob;
import io.evenstep.driver.compare.LearnerScore;
import io.evenstep.driver.compare.LearnerScores;
import io.evenstep.driver.config.JobConfig;
import io.evenstep.driver.control.StopRequest;
import io.evenstep.model.ConfigException;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compares a job's network with other learners. */
@Command(
    name = "compare",
    description =
        "Compare a job's network with logistic regression, a support vector machine, trees and"
            + " nearest neighbours on the same rows.")
public final class CompareCommand implements Callable<Integer> {
  private final Clock clock;
  private final StopRequest stop;

  @Parameters(paramLabel = "JOB.yaml", description = "The job file; its label must be a class.")
  private String file = "";

  @Option(
      names = "--folds",
      paramLabel = "N",
      description = "Folds of the cross-validation of the training rows; 0 for none; default: 5.")
  private int folds = 5;

  @Option(
      names = "--rows",
      paramLabel = "N",
      description = "Most rows of each split to use; default: 20000.")
  private int rows = 20_000;

  @Mixin private RunIdOption runId = new RunIdOption();
  @Mixin private SparkOptions spark = new SparkOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  /** A command that ends early when {@code stop} asks for it. */
  public CompareCommand(Clock clock, StopRequest stop) {
    this.clock = clock;
    this.stop = stop;
  }

  @Override
  public Integer call() {
    runId.requireUsable();
    if (folds < 0 || folds == 1) {
      throw new ConfigException("--folds", "must be 0, or at least 2", folds);
    }
    OptionRules.requireCount("--rows", rows);
    JobConfig job = JobFiles.read(file, spark.overrides());
    String id = runId.orFresh(job.name() + "-compare", clock);
    List<LearnerScore> scores = run(job, new CompareJob.Request(id, folds, rows, stop));
    PrintWriter out = spec.commandLine().getOut();
    out.print(LearnerScores.text(scores));
    out.println("Table and, for two columns, regions: " + job.output() + "/" + id);
    out.flush();
    return ExitCode.DONE.number;
  }

  private List<LearnerScore> run(JobConfig job, CompareJob.Request request) {
    return spark.run(
        job.name(),
        stop,
        () -> Terminal.progress(spec.commandLine().getErr()),
        (opened, progress) -> CompareJob.run(job, request, opened, progress));
  }
}
