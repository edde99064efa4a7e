package io.evenstep.driver.cli;

import io.evenstep.driver.cli.session.ExitCode;
import io.evenstep.driver.cli.session.JobFiles;
import io.evenstep.driver.cli.session.RunIdOption;
import io.evenstep.driver.cli.session.SparkOptions;
import io.evenstep.driver.config.JobConfig;
import io.evenstep.driver.config.Overrides;
import io.evenstep.driver.control.StopRequest;
import io.evenstep.driver.run.Resume;
import io.evenstep.driver.run.RunReport;
import io.evenstep.driver.run.TrainOptions;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Trains the network of a job file. */
@Command(name = "train", description = "Train the network of a job file.")
final class TrainCommand implements Callable<Integer> {
  private final JobRunners.Train job;
  private final JobRunners.Plan plan;
  private final Clock clock;
  private final StopRequest stop;

  @Parameters(paramLabel = "JOB.yaml", description = "The job file.")
  private String file = "";

  @Option(
      names = "--resume",
      paramLabel = "auto|never|must",
      description = "Whether to resume from a checkpoint of the same run id; default: auto.")
  private Resume resume = Resume.AUTO;

  @Option(
      names = "--print-config",
      description = "Print every value of the job and its origin; train nothing.")
  private boolean printConfig;

  @Option(
      names = "--check",
      description =
          "Read the job and all its data, and report what it will need and what would make it fail;"
              + " train nothing. The same as the command plan.")
  private boolean check;

  @Option(
      names = "--ui",
      description = "Serve the report page on this machine during the run, and print its address.")
  private boolean ui;

  @Mixin private OutputOptions output = new OutputOptions();
  @Mixin private RunIdOption runId = new RunIdOption();
  @Mixin private SparkOptions spark = new SparkOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  TrainCommand(JobRunners.Train job, JobRunners.Plan plan, Clock clock, StopRequest stop) {
    this.job = job;
    this.plan = plan;
    this.clock = clock;
    this.stop = stop;
  }

  @Override
  public Integer call() {
    requireUsableRunId();
    Overrides overrides = spark.overrides();
    JobConfig config = JobFiles.read(file, ui ? overrides.with("training.ui", "true") : overrides);
    if (printConfig) {
      out().print(config.describe());
      return ExitCode.DONE.number;
    }
    String id = runId.orFresh(config.name(), clock);
    if (check) {
      return new PlannedJob(plan, stop).run(config, id, spark, out(), spec.commandLine().getErr());
    }
    RunReport report = train(config, new TrainOptions(id, resume, stop));
    output.print(report, config.output(), config.reportPage(), out());
    return gated(config, report).number;
  }

  private RunReport train(JobConfig config, TrainOptions options) {
    return spark.run(
        config.name(),
        stop,
        () -> output.progress(out(), spec.commandLine().getErr()),
        (opened, progress) -> job.run(config, options, opened, progress));
  }

  private ExitCode gated(JobConfig config, RunReport report) {
    if (!report.status().equals(RunReport.GATE_NOT_MET)) {
      return ExitCode.DONE;
    }
    config.gate().ifPresent(gate -> complain(gate.metric(), gate.toString(), report));
    return ExitCode.GATE_NOT_MET;
  }

  private void complain(String metric, String gate, RunReport report) {
    Object value = report.metrics().containsKey(metric) ? report.metrics().get(metric) : "nothing";
    PrintWriter err = spec.commandLine().getErr();
    err.println("error: Quality gate not met: must have " + gate + ", got " + value);
    err.flush();
  }

  private void requireUsableRunId() {
    runId.requireUsable();
    if (resume == Resume.MUST && !runId.isGiven()) {
      throw new ParameterException(
          spec.commandLine(),
          "Missing --run-id: --resume must requires the id of the run to resume");
    }
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
