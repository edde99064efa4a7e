package io.evenstep.driver.cli;

import io.evenstep.driver.cli.session.ExitCode;
import io.evenstep.driver.cli.session.JobFiles;
import io.evenstep.driver.cli.session.OptionRules;
import io.evenstep.driver.cli.session.RunIdOption;
import io.evenstep.driver.cli.session.SparkOptions;
import io.evenstep.driver.cli.terminal.Terminal;
import io.evenstep.driver.config.JobConfig;
import io.evenstep.driver.config.Overrides;
import io.evenstep.driver.control.StopRequest;
import io.evenstep.driver.sweep.SearchSpace;
import io.evenstep.driver.sweep.SweepRequest;
import io.evenstep.driver.sweep.SweepResult;
import io.evenstep.driver.sweep.SweepTable;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs a job with different settings and finds the best ones. */
@Command(
    name = "sweep",
    description = "Train a job with other settings, several side by side, and find the best.")
final class SweepCommand implements Callable<Integer> {
  private final JobRunners.Sweep job;
  private final Clock clock;
  private final StopRequest stop;

  @Parameters(paramLabel = "JOB.yaml", description = "The job file.")
  private String file = "";

  @Option(
      names = "--over",
      required = true,
      paramLabel = "KEY=VALUES",
      description =
          "A key of the job and what to try: log:1e-4..1e-1, linear:0..0.5, int:1..4,"
              + " logint:16..512, or a list such as [relu, tanh]; may be given many times.")
  private Map<String, String> over = new LinkedHashMap<>();

  @Option(names = "--trials", paramLabel = "N", description = "How many to try; default: 20.")
  private int trials = 20;

  @Option(
      names = "--keep",
      paramLabel = "N",
      description =
          "After each round one trial of N continues, for N times the epochs; 1 trains all to the"
              + " end; default: 3.")
  private int keepOneOf = 3;

  @Option(
      names = "--metric",
      paramLabel = "METRIC",
      description = "Metric of the validation rows to judge by; default: training.stopping.metric.")
  private Optional<String> metric = Optional.empty();

  @Option(
      names = "--side-by-side",
      paramLabel = "N",
      description = "Trials that train at the same time; default: as many as there are slots.")
  private Optional<Integer> sideBySide = Optional.empty();

  @Mixin private RunIdOption runId = new RunIdOption();
  @Mixin private SparkOptions spark = new SparkOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  SweepCommand(JobRunners.Sweep job, Clock clock, StopRequest stop) {
    this.job = job;
    this.clock = clock;
    this.stop = stop;
  }

  @Override
  public Integer call() {
    runId.requireUsable();
    OptionRules.requireCount("--trials", trials);
    OptionRules.requireCount("--keep", keepOneOf);
    sideBySide.ifPresent(count -> OptionRules.requireCount("--side-by-side", count));
    JobConfig base = job(Map.of());
    String id = runId.orFresh(base.name() + "-sweep", clock);
    SweepRequest request =
        new SweepRequest(
            id, SearchSpace.of(over), trials, keepOneOf, metric, sideBySide, this::job, stop);
    SweepResult result = run(base, request);
    PrintWriter out = spec.commandLine().getOut();
    String folder = base.output() + "/" + id;
    out.print(SweepTable.text(result));
    out.println("Best: " + folder + "/" + result.ranking().get(0).run());
    out.println("Its job file: " + folder + "/best.yaml");
    out.flush();
    return ExitCode.DONE.number;
  }

  private SweepResult run(JobConfig base, SweepRequest request) {
    return spark.run(
        base.name(),
        stop,
        () -> Terminal.progress(spec.commandLine().getErr()),
        (opened, progress) -> job.run(request, opened, progress));
  }

  /** The job with these settings, which override all others. */
  private JobConfig job(Map<String, String> settings) {
    Overrides given = spark.overrides();
    Map<String, String> sets = new LinkedHashMap<>(given.sets());
    sets.putAll(settings);
    return JobFiles.read(file, new Overrides(sets, given.sparkSettings()));
  }
}
