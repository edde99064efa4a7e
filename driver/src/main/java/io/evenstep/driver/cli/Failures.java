package io.evenstep.driver.cli;

import io.evenstep.driver.cli.session.ExitCode;
import io.evenstep.driver.control.StopRequest;
import io.evenstep.driver.control.TemporaryException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Reports failures to the user. Only a bug prints a stack trace. */
final class Failures {
  private Failures() {}

  /** Passes every failure of a command to {@link #report}. */
  static CommandLine reportedBy(CommandLine command, StopRequest stop) {
    return command
        .setExecutionExceptionHandler((failure, at, parsed) -> report(failure, stop, at.getErr()))
        .setParameterExceptionHandler(
            (failure, args) -> {
              int code = report(failure, stop, failure.getCommandLine().getErr());
              hint(failure);
              return code;
            });
  }

  /**
   * Prints one {@code error:} line for each problem and returns the exit code. After a stop
   * request, any failure counts as its result.
   */
  static int report(Throwable failure, StopRequest stop, PrintWriter err) {
    boolean told = ExitCode.of(failure) == ExitCode.TEMPORARY;
    return stop.reason().isPresent() && !told
        ? report(new TemporaryException("Stopped by " + stop.reason().get(), failure), err)
        : report(failure, err);
  }

  private static int report(Throwable thrown, PrintWriter err) {
    boolean told = ExitCode.of(thrown) != ExitCode.INTERNAL;
    Throwable failure = told ? thrown : Surroundings.translated(thrown);
    ExitCode code = ExitCode.of(failure);
    Throwable remedy = ExitCode.remedy(failure);
    if (code == ExitCode.INTERNAL) {
      err.println("error: Cannot continue because of a bug in Evenstep; please report it:");
      failure.printStackTrace(err);
    } else {
      String.valueOf(remedy.getMessage()).lines().forEach(line -> err.println("error: " + line));
    }
    if (code == ExitCode.TEMPORARY) {
      err.println("To resume the run, repeat the command with the same --run-id.");
    }
    err.flush();
    return code.number;
  }

  private static void hint(ParameterException failure) {
    CommandLine command = failure.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    command.getErr().println("Try '" + name + " --help'.");
  }
}
