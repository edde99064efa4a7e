package io.evenstep.driver.cli;

import io.evenstep.driver.cli.session.JobFiles;
import io.evenstep.driver.cli.session.RunIdOption;
import io.evenstep.driver.cli.session.SparkOptions;
import io.evenstep.driver.config.JobConfig;
import io.evenstep.driver.control.StopRequest;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Reports what a job will need, and everything that would make it fail. */
@Command(
    name = "plan",
    description = "Report what a job will need and what would make it fail; train nothing.")
final class PlanCommand implements Callable<Integer> {
  private final JobRunners.Plan job;
  private final Clock clock;
  private final StopRequest stop;

  @Parameters(paramLabel = "JOB.yaml", description = "The job file.")
  private String file = "";

  @Mixin private RunIdOption runId = new RunIdOption();
  @Mixin private SparkOptions spark = new SparkOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  PlanCommand(JobRunners.Plan job, Clock clock, StopRequest stop) {
    this.job = job;
    this.clock = clock;
    this.stop = stop;
  }

  @Override
  public Integer call() {
    runId.requireUsable();
    JobConfig config = JobFiles.read(file, spark.overrides());
    String id = runId.orFresh(config.name(), clock);
    PrintWriter err = spec.commandLine().getErr();
    return new PlannedJob(job, stop).run(config, id, spark, spec.commandLine().getOut(), err);
  }
}
