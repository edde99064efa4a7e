package io.evenstep.driver.cli;

import io.evenstep.driver.cli.look.PlotCommand;
import io.evenstep.driver.cli.look.ReportCommand;
import io.evenstep.driver.cli.look.RunsCommand;
import io.evenstep.driver.cli.study.AttackCommand;
import io.evenstep.driver.cli.study.CompareCommand;
import io.evenstep.driver.cli.study.CourseCommand;
import io.evenstep.driver.cli.study.FiguresCommand;
import io.evenstep.driver.cli.study.GenerateCommand;
import io.evenstep.driver.cli.study.GradcheckCommand;
import io.evenstep.driver.cli.study.RateRangeCommand;
import io.evenstep.driver.control.StopRequest;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The main class, for the launcher, spark-submit and schedulers. */
@Command(
    name = "evenstep",
    description = "Train neural networks on Apache Spark.",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = Version.class)
public final class Main implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    StopRequest stop = new StopRequest();
    Signals.goTo(stop, err);
    Exit.with(run(JobWiring.jobs(), Clock.systemDefaultZone(), stop, out, err, args), err);
  }

  /** Runs one command and returns its exit code. */
  static int run(
      JobRunners jobs,
      Clock clock,
      StopRequest stop,
      PrintWriter out,
      PrintWriter err,
      String... args) {
    CommandLine commands = commands(jobs, clock, stop).setOut(out).setErr(err);
    int code = execute(Failures.reportedBy(commands, stop), stop, err, args);
    out.flush();
    err.flush();
    return code;
  }

  /** All commands. */
  static CommandLine commands(JobRunners jobs, Clock clock, StopRequest stop) {
    return new CommandLine(new Main())
        .addSubcommand(new DescribeCommand(jobs.describe(), stop))
        .addSubcommand(new NewCommand(jobs.draft(), stop))
        .addSubcommand(new TrainCommand(jobs.train(), jobs.plan(), clock, stop))
        .addSubcommand(new EvaluateCommand(jobs.evaluate(), jobs.importance(), stop))
        .addSubcommand(new PredictCommand(jobs.predict(), stop))
        .addSubcommand(new SweepCommand(jobs.sweep(), clock, stop))
        .addSubcommand(new PlanCommand(jobs.plan(), clock, stop))
        .addSubcommand(new InspectCommand())
        .addSubcommand(new RunsCommand())
        .addSubcommand(new ReportCommand())
        .addSubcommand(new PlotCommand())
        .addSubcommand(new GradcheckCommand(stop))
        .addSubcommand(new RateRangeCommand(clock, stop))
        .addSubcommand(new CompareCommand(clock, stop))
        .addSubcommand(new CourseCommand(stop))
        .addSubcommand(new FiguresCommand())
        .addSubcommand(new GenerateCommand())
        .addSubcommand(new AttackCommand())
        .setCaseInsensitiveEnumValuesAllowed(true);
  }

  /** Picocli handles exceptions but not errors, and an error must end the process too. */
  private static int execute(
      CommandLine commands, StopRequest stop, PrintWriter err, String... args) {
    try {
      return commands.execute(args);
    } catch (LinkageError | AssertionError | VirtualMachineError e) {
      return Failures.report(e, stop, err);
    }
  }

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(),
        "Missing command: describe, new, train, sweep, plan, evaluate, predict, inspect, runs,"
            + " report, plot, gradcheck, lr-range, compare, course, figures,"
            + " generate or attack");
  }
}
