package io.evenstep.driver.cli;

import java.time.Clock;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option {@code --run-id}. */
final class RunIdOption {
  @Option(
      names = "--run-id",
      paramLabel = "ID",
      description = "Name of the run's folder; default: the job's name and the time.")
  private Optional<String> runId = Optional.empty();

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command = CommandSpec.create();

  boolean isGiven() {
    return runId.isPresent();
  }

  /** Checks that the id is valid as a folder name. */
  void requireUsable() {
    if (runId.isPresent() && !RunIds.isUsable(runId.get())) {
      throw new ParameterException(command.commandLine(), RunIds.rule(runId.get()));
    }
  }

  /** The given id, or one made from the job's name. */
  String orFresh(String job, Clock clock) {
    return runId.orElseGet(() -> RunIds.fresh(job, clock));
  }
}
