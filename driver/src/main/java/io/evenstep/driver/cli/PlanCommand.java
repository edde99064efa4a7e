package io.evenstep.driver.cli;

import io.evenstep.driver.cli.session.ExitCode;
import io.evenstep.driver.cli.session.OpenSession;
import io.evenstep.driver.cli.session.SparkOptions;
import io.evenstep.driver.config.JobConfig;
import io.evenstep.driver.control.StopRequest;
import io.evenstep.driver.plan.JobPlan;
import io.evenstep.driver.run.Resume;
import io.evenstep.driver.run.TrainOptions;
import io.evenstep.model.ConfigException;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what a job will need, and all that would make it fail. */
@Command(
    name = "plan",
    description = "Say what a job will need and what would make it fail; train nothing.")
final class PlanCommand implements Callable<Integer> {
  private final Jobs.Plan job;
  private final Clock clock;
  private final StopRequest stop;

  @Parameters(paramLabel = "JOB.yaml", description = "The job file.")
  private String file = "";

  @Mixin private RunIdOption runId = new RunIdOption();
  @Mixin private SparkOptions spark = new SparkOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  PlanCommand(Jobs.Plan job, Clock clock, StopRequest stop) {
    this.job = job;
    this.clock = clock;
    this.stop = stop;
  }

  @Override
  public Integer call() {
    runId.requireUsable();
    JobConfig config = JobFiles.read(file, spark.overrides());
    String id = runId.orFresh(config.name(), clock);
    List<String> problems = new ArrayList<>();
    JobPlan plan;
    try (OpenSession session = spark.openToPlan(config.name(), problems)) {
      TrainOptions options = new TrainOptions(id, Resume.AUTO, stop);
      plan = session.run(stop, opened -> job.run(config, options, opened));
    }
    problems.addAll(plan.problems());
    print(config.name() + ", run " + id, plan);
    if (!problems.isEmpty()) {
      throw new ConfigException(String.join("\n", problems));
    }
    return ExitCode.DONE.number;
  }

  private void print(String title, JobPlan plan) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(title);
    plan.facts().forEach((name, value) -> out.printf(Locale.ROOT, "  %-14s %s%n", name, value));
    out.flush();
  }
}
