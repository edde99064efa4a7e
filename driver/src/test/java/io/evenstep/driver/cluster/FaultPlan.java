package io.evenstep.driver.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.driver.fault.Fault;
import io.evenstep.driver.fault.Fault.Action;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * The faults of one run and their evidence: a marker for each fault that happened, and a trace of
 * every step that any process completed.
 */
final class FaultPlan {
  private static final Duration POLL = Duration.ofMillis(20);

  private final Path folder;
  private final List<Fault> faults = new ArrayList<>();

  /** A plan without faults. */
  private FaultPlan(Path folder) {
    this.folder = folder;
  }

  /** A plan that only traces; faults can be added. */
  static FaultPlan in(Path folder) {
    try {
      FaultPlan plan = new FaultPlan(Files.createDirectories(folder));
      plan.trace("io.evenstep.worker.collective.Communicator", "join");
      plan.trace("io.evenstep.worker.sync.ExactSync", "finish");
      return plan;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds a fault at a method, which must exist. Each process counts its own calls. */
  FaultPlan at(String type, String method, int call, Action action) {
    return at(type, method, call, action, Duration.ZERO);
  }

  /** Adds a fault that takes some time. */
  FaultPlan at(String type, String method, int call, Action action, Duration length) {
    return add(type, method, call, action, length, Optional.empty());
  }

  /** Adds a fault whose calls are counted after the previous fault has happened. */
  FaultPlan then(String type, String method, int call, Action action) {
    return then(type, method, call, action, Duration.ZERO);
  }

  /** The same for a fault that takes some time. */
  FaultPlan then(String type, String method, int call, Action action, Duration length) {
    return add(type, method, call, action, length, Optional.of(marker(count() - 1)));
  }

  /** The option for each participating JVM. */
  String javaOption() {
    Path plan = folder.resolve("plan");
    try {
      Files.write(plan, faults.stream().map(Fault::toLine).toList());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + plan, e);
    }
    return "-javaagent:" + FaultJar.in(folder) + "=" + plan;
  }

  private Path marker(int fault) {
    return folder.resolve("fault-" + fault);
  }

  /**
   * Waits for a fault; returns when and in which process it happened.
   *
   * @throws AssertionError when it does not happen within the limit
   */
  Came await(int fault, Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!Files.exists(marker(fault))) {
      assertThat(System.nanoTime()).as("fault %d did not come", fault).isLessThan(deadline);
      LockSupport.parkNanos(POLL.toNanos());
    }
    return came(fault);
  }

  /** Waits for a fault; false when the process has ended without it. */
  boolean comesBefore(int fault, LoggedProcess process) {
    while (!Files.exists(marker(fault)) && process.isAlive()) {
      LockSupport.parkNanos(POLL.toNanos());
    }
    return Files.exists(marker(fault));
  }

  /**
   * When and in which process a fault happened.
   *
   * @throws AssertionError when it did not happen
   */
  Came came(int fault) {
    assertThat(marker(fault)).as("marker of fault %d, which did not come", fault).exists();
    try {
      String[] parts = Files.readString(marker(fault)).split(" ");
      return new Came(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A fault that happened.
   *
   * @param millis time
   * @param pid process in which it happened
   */
  record Came(long millis, long pid) {}

  /** What the run's processes did. */
  Trace trace() {
    return Trace.read(folder.resolve("trace"));
  }

  /** How many faults there are. */
  int count() {
    return (int) faults.stream().filter(fault -> fault.action() != Action.TRACE).count();
  }

  private void trace(String type, String method) {
    requireMethod(type, method);
    faults.add(
        new Fault(type, method, Action.TRACE, 1, 0, folder.resolve("trace"), Optional.empty()));
  }

  private FaultPlan add(
      String type, String method, int call, Action action, Duration length, Optional<Path> after) {
    requireMethod(type, method);
    faults.add(new Fault(type, method, action, call, length.toMillis(), marker(count()), after));
    return this;
  }

  /** A fault at a renamed method would never happen. */
  private static void requireMethod(String type, String method) {
    try {
      Class<?> found = Class.forName(type, false, FaultPlan.class.getClassLoader());
      assertThat(Arrays.stream(found.getDeclaredMethods()).map(it -> it.getName()))
          .as("methods of %s", type)
          .contains(method);
    } catch (ClassNotFoundException e) {
      throw new AssertionError("Cannot make a fault in " + type + ": there is no such class", e);
    }
  }
}
