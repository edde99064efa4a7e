package io.evenstep.driver.cli;

import io.evenstep.driver.cli.session.ExitCode;
import io.evenstep.driver.cli.session.OpenSession;
import io.evenstep.driver.cli.session.SparkOptions;
import io.evenstep.driver.config.JobConfig;
import io.evenstep.driver.control.StopRequest;
import io.evenstep.driver.plan.JobPlan;
import io.evenstep.driver.run.Resume;
import io.evenstep.driver.run.TrainOptions;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Plans a job for a command, which reads all of its data, and prints the result.
 *
 * @param job does the work
 * @param stop requests an early end
 */
record PlannedJob(JobRunners.Plan job, StopRequest stop) {
  /**
   * Plans, and prints everything that would make the job fail.
   *
   * @param id of the run
   * @return the exit code of the problem that the job would hit first; 0 without problems
   */
  int run(JobConfig config, String id, SparkOptions spark, PrintWriter out, PrintWriter err) {
    List<RuntimeException> problems = new ArrayList<>();
    TrainOptions options = new TrainOptions(id, Resume.AUTO, stop);
    JobPlan plan =
        planHere(config, options, spark)
            .orElseGet(() -> planInSession(config, options, spark, problems));
    problems.addAll(plan.problems());
    out.println(config.name() + ", run " + id);
    plan.facts().forEach((name, value) -> out.printf(Locale.ROOT, "  %-14s %s%n", name, value));
    out.flush();
    problems.forEach(problem -> Failures.report(problem, stop, err));
    return (problems.isEmpty() ? ExitCode.DONE : ExitCode.of(problems.get(0))).number;
  }

  private Optional<JobPlan> planHere(JobConfig config, TrainOptions options, SparkOptions spark) {
    return spark
        .usualSettings(config.name())
        .flatMap(
            settings -> {
              stop.requireNone("before it began");
              return job.here(config, options, settings, SparkOptions.hadoop(settings));
            });
  }

  private JobPlan planInSession(
      JobConfig config, TrainOptions options, SparkOptions spark, List<RuntimeException> problems) {
    try (OpenSession session = spark.openToPlan(config.name(), problems)) {
      return session.run(stop, opened -> job.run(config, options, opened));
    }
  }
}
