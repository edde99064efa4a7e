package io.evenstep.driver.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * One fault in one process. It waits for its call, and then checks whether it happens in this
 * process.
 */
final class ArmedFault {
  private static final long PID = ProcessHandle.current().pid();

  private final Fault fault;
  private final String point;
  private State state = State.WAITING; // guarded by this, like the count
  private boolean counting;
  private int calls;

  private enum State {
    WAITING,
    /** It happens in this process. */
    HERE,
    /** It happens in another process, or has happened before. */
    OVER
  }

  ArmedFault(Fault fault) {
    this.fault = fault;
    this.point = fault.point();
    this.counting = fault.after().isEmpty();
  }

  String point() {
    return point;
  }

  boolean isTrace() {
    return fault.action() == Fault.Action.TRACE;
  }

  /** Adds {@code milliseconds pid method argument} to the trace. */
  void trace(Object[] arguments) {
    Object first = arguments.length > 0 && arguments[0] instanceof Long ? arguments[0] : "-";
    String line =
        String.format("%d %d %s %s%n", System.currentTimeMillis(), PID, fault.method(), first);
    try {
      Files.writeString(fault.file(), line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the trace", e);
    }
  }

  void called() {
    if (happens()) {
      try {
        act();
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot make " + point + " fail", e);
      }
    }
  }

  private synchronized boolean happens() {
    if (state == State.WAITING && countedEnough()) {
      state = isElected() ? State.HERE : State.OVER;
    }
    boolean now = state == State.HERE;
    if (now && fault.action() != Fault.Action.SLOW) {
      state = State.OVER;
    }
    return now;
  }

  private boolean countedEnough() {
    counting = counting || fault.after().filter(Files::exists).isPresent();
    calls += counting ? 1 : 0;
    return calls >= fault.call();
  }

  /**
   * Only one of all processes can create the marker, together with its content: the time and the
   * process.
   */
  private boolean isElected() {
    Path mine = fault.file().resolveSibling(fault.file().getFileName() + "." + PID);
    try {
      Files.writeString(mine, System.currentTimeMillis() + " " + PID);
      Files.createLink(fault.file(), mine);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot mark " + point, e);
    }
  }

  private void act() throws IOException {
    String pid = Long.toString(PID);
    switch (fault.action()) {
      case KILL -> {
        new ProcessBuilder("kill", "-9", pid).start();
        standStill();
      }
      case PARK -> standStill();
      case STOP -> {
        String script = "kill -STOP $0; sleep $1; kill -CONT $0";
        String seconds = Double.toString(fault.millis() / 1e3);
        new ProcessBuilder("sh", "-c", script, pid, seconds).start();
      }
      case SLOW -> pause(TimeUnit.MILLISECONDS.toNanos(fault.millis()));
      case TRACE -> throw new IllegalStateException("A trace does not happen on entry");
    }
  }

  private static void standStill() {
    pause(Long.MAX_VALUE);
  }

  private static void pause(long nanos) {
    long end = System.nanoTime() + Math.min(nanos, TimeUnit.HOURS.toNanos(1));
    for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
