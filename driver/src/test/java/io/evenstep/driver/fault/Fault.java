package io.evenstep.driver.fault;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A fault at a method of the program. The method is given by name, so that classes need not be
 * public.
 *
 * @param type full name of the class
 * @param method every method of that name
 * @param action what happens
 * @param call number of the call, counted from 1 in each process
 * @param millis duration of an action that takes time
 * @param file for {@link Action#TRACE} the trace, else the marker; see there
 * @param after the marker of another fault: calls count only once that exists
 */
public record Fault(
    String type,
    String method,
    Action action,
    int call,
    long millis,
    Path file,
    Optional<Path> after) {
  private static final String SEPARATOR = "\t";

  /**
   * What happens. Everything except a trace happens in one process: the one that can create the
   * marker.
   */
  public enum Action {
    /** The process kills itself, as {@code kill -9} does. */
    KILL,
    /** The calling thread blocks until the process is killed from outside. */
    PARK,
    /** The process freezes as after {@code kill -STOP}, for the given milliseconds. */
    STOP,
    /** Each later call takes the given milliseconds longer. */
    SLOW,
    /** In every process, each return of the method adds a line to the trace. */
    TRACE
  }

  /** The name of the method in the agent's log. */
  String point() {
    return type + "." + method;
  }

  /** One line of an agent's plan. */
  public String toLine() {
    return String.join(
        SEPARATOR,
        type,
        method,
        action.name(),
        Integer.toString(call),
        Long.toString(millis),
        file.toString(),
        after.map(Path::toString).orElse("-"));
  }

  static Fault ofLine(String line) {
    String[] parts = line.split(SEPARATOR);
    return new Fault(
        parts[0],
        parts[1],
        Action.valueOf(parts[2]),
        Integer.parseInt(parts[3]),
        Long.parseLong(parts[4]),
        Path.of(parts[5]),
        parts[6].equals("-") ? Optional.empty() : Optional.of(Path.of(parts[6])));
  }
}
