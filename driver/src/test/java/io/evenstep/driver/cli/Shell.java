package io.evenstep.driver.cli;

import io.evenstep.driver.control.StopRequest;
import io.evenstep.driver.plan.JobPlan;
import io.evenstep.driver.profile.DraftJob;
import io.evenstep.driver.run.RunReport;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;

/** Types commands as a user would, with jobs that only pretend, and keeps what is printed. */
final class Shell {
  static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T10:01:30Z"), ZoneOffset.UTC);

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Jobs.Train train = (job, options, spark, progress) -> Reports.of(RunReport.DONE, "x");
  private Jobs.Evaluate evaluate = (run, job, spark, progress) -> Map.of();
  private Jobs.Predict predict = (request, spark, progress) -> 0;

  private final Jobs.Plan plan = (job, options, spark) -> new JobPlan();

  Shell train(Jobs.Train fake) {
    train = fake;
    return this;
  }

  Shell evaluate(Jobs.Evaluate fake) {
    evaluate = fake;
    return this;
  }

  Shell predict(Jobs.Predict fake) {
    predict = fake;
    return this;
  }

  int run(String... args) {
    Jobs jobs =
        new Jobs(
            train,
            evaluate,
            predict,
            plan,
            (paths, label, spark) -> "",
            (request, spark) -> new DraftJob.Draft("", ""));
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
