package io.evenstep.driver.cli.study;

import io.evenstep.driver.cli.session.ExitCode;
import io.evenstep.driver.cli.session.JobFiles;
import io.evenstep.driver.cli.session.RunIdOption;
import io.evenstep.driver.cli.session.SparkOptions;
import io.evenstep.driver.cli.terminal.Terminal;
import io.evenstep.driver.config.JobConfig;
import io.evenstep.driver.control.StopRequest;
import io.evenstep.driver.study.RangeCurve;
import io.evenstep.driver.study.RateRangeJob;
import io.evenstep.model.ConfigException;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Finds a learning rate for a job. */
@Command(
    name = "lr-range",
    description =
        "Train a job for some steps while the learning rate grows, and suggest a rate from the"
            + " losses.")
public final class RateRangeCommand implements Callable<Integer> {
  private final Clock clock;
  private final StopRequest stop;

  @Parameters(paramLabel = "JOB.yaml", description = "The job file.")
  private String file = "";

  @Option(
      names = "--from",
      paramLabel = "RATE",
      description = "Learning rate of the first step; default: 1e-5.")
  private double from = 1e-5;

  @Option(
      names = "--to",
      paramLabel = "RATE",
      description = "Learning rate of the last step; default: 10.")
  private double to = 10;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Steps from the first rate to the last; default: 200.")
  private int steps = 200;

  @Mixin private RunIdOption runId = new RunIdOption();
  @Mixin private SparkOptions spark = new SparkOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  /** A command that ends early when {@code stop} asks for it. */
  public RateRangeCommand(Clock clock, StopRequest stop) {
    this.clock = clock;
    this.stop = stop;
  }

  @Override
  public Integer call() {
    runId.requireUsable();
    requireRange();
    JobConfig job = JobFiles.read(file, spark.overrides());
    String id = runId.orFresh(job.name() + "-lr-range", clock);
    RangeCurve curve =
        run(job, new RateRangeJob.Request(id, from, to, steps, spark.overrides(), stop));
    PrintWriter out = spec.commandLine().getOut();
    out.println(advice(curve));
    out.println("Curve: " + job.output() + "/" + id + "/lr-range.png, .svg and .csv");
    out.flush();
    return ExitCode.DONE.number;
  }

  private RangeCurve run(JobConfig job, RateRangeJob.Request request) {
    return spark.run(
        job.name(),
        stop,
        () -> Terminal.progress(spec.commandLine().getErr()),
        (opened, progress) -> RateRangeJob.run(job, request, opened, progress));
  }

  private static String advice(RangeCurve curve) {
    double lowest = curve.lowestRate().orElse(Double.NaN);
    return curve.suggestion().isPresent()
        ? String.format(
            Locale.ROOT,
            "Suggested learning rate: %.2g, where the loss falls fastest; it is lowest at %.2g",
            curve.suggestion().getAsDouble(),
            lowest)
        : "No suggestion: the loss never fell; try a lower --from, or look for a fault in the job";
  }

  private void requireRange() {
    if (!(from > 0) || !Double.isFinite(from)) {
      throw new ConfigException("--from", "must be a number above 0", from);
    }
    if (!(to > from) || !Double.isFinite(to)) {
      throw new ConfigException("--to", "must be above --from, " + from, to);
    }
    if (steps < 2) {
      throw new ConfigException("--steps", "must be at least 2", steps);
    }
  }
}
