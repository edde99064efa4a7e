package io.evenstep.driver.cli;

import io.evenstep.driver.control.StopRequest;
import io.evenstep.driver.plan.JobPlan;
import io.evenstep.driver.profile.DraftJob;
import io.evenstep.driver.run.RunReport;
import io.evenstep.driver.score.PredictedRows;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;

/** Runs commands as a user would, with fake jobs, and keeps what is printed. */
final class Shell {
  static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T10:01:30Z"), ZoneOffset.UTC);

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private JobRunners.Train train =
      (job, options, spark, progress) -> SampleReports.of(RunReport.DONE, "x");
  private JobRunners.Evaluate evaluate = (run, job, bad, spark, progress) -> Map.of();
  private JobRunners.Predict predict = (request, spark, progress) -> new PredictedRows(0, 0, 0);

  private final JobRunners.Plan plan = (job, options, spark) -> new JobPlan();

  Shell train(JobRunners.Train fake) {
    train = fake;
    return this;
  }

  Shell evaluate(JobRunners.Evaluate fake) {
    evaluate = fake;
    return this;
  }

  Shell predict(JobRunners.Predict fake) {
    predict = fake;
    return this;
  }

  int run(String... args) {
    JobRunners jobs =
        new JobRunners(
            train,
            evaluate,
            predict,
            plan,
            (paths, label, spark) -> "",
            (request, spark) -> new DraftJob.Draft("", ""),
            (request, spark, progress) -> {
              throw new IllegalStateException("No sweep was expected");
            },
            evaluate);
    PrintWriter errors = new PrintWriter(err);
    return Main.run(jobs, CLOCK, new StopRequest(), new PrintWriter(out), errors, args);
  }

  String out() {
    return out.toString();
  }

  String err() {
    return err.toString();
  }
}
