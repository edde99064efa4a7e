package io.evenstep.driver.cli.session;

import java.time.Clock;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option {@code --run-id}. */
public final class RunIdOption {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

  @Option(
      names = "--run-id",
      paramLabel = "ID",
      description = "Name of the run's folder; default: the job's name and the time.")
  private Optional<String> runId = Optional.empty();

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command = CommandSpec.create();

  /** Whether the option was given. */
  public boolean isGiven() {
    return runId.isPresent();
  }

  /** Checks that the id is valid as a folder name. */
  public void requireUsable() {
    if (runId.isPresent() && !isUsable(runId.get())) {
      throw new ParameterException(command.commandLine(), rule(runId.get()));
    }
  }

  /** The given id, or one made from the job's name. */
  public String orFresh(String job, Clock clock) {
    return runId.orElseGet(() -> fresh(job, clock));
  }

  /** {@code digits-20261121-100130}: the job and the time. */
  private static String fresh(String job, Clock clock) {
    return job + "-" + TIME.format(LocalDateTime.now(clock));
  }

  /** What is wrong with an id that is not usable. */
  private static String rule(String id) {
    return "Invalid --run-id: must be letters, digits, dots, dashes and underscores, a letter or"
        + " digit first, got "
        + id;
  }

  /** Whether it can be a folder's name everywhere. */
  public static boolean isUsable(String id) {
    return id.matches("[A-Za-z0-9][A-Za-z0-9._-]*");
  }
}
