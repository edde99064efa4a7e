package io.evenstep.driver.cluster;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A process whose output can be awaited line by line. The output is also kept in a file, to
 * investigate failed tests. One thread of ours reads it and ends with the process.
 */
public final class LoggedProcess implements AutoCloseable {
  private static final Duration GRACE = Duration.ofSeconds(30);

  private final String name;
  private final Process process;
  private final Thread reader;
  private final List<String> lines = new ArrayList<>(); // guarded by itself
  private boolean ended; // guarded by lines

  private LoggedProcess(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.reader = new Thread(() -> read(log), "output-of-" + name);
    reader.setDaemon(true);
    reader.start();
  }

  /** Starts it, with stderr merged into stdout and everything written to {@code log}. */
  public static LoggedProcess start(String name, ProcessBuilder builder, Path log) {
    try {
      return new LoggedProcess(name, builder.redirectErrorStream(true).start(), log);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot start " + name + ": " + builder.command(), e);
    }
  }

  /**
   * Waits for the first line that contains the pattern, past or future.
   *
   * @throws AssertionError when the process ends, or the limit passes, without such a line
   */
  public Matcher awaitLine(Pattern pattern, Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    synchronized (lines) {
      for (int next = 0; ; next++) {
        while (next == lines.size()) {
          if (ended || !waitUntil(deadline)) {
            throw failure("did not print '%s' within %s".formatted(pattern, limit));
          }
        }
        Matcher matcher = pattern.matcher(lines.get(next));
        if (matcher.find()) {
          return matcher;
        }
      }
    }
  }

  /**
   * Waits for it to end by itself; returns its exit code.
   *
   * @throws AssertionError when it has not within the limit; it is then ended
   */
  public int exitCode(Duration limit) {
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        close();
        throw failure("was still running after " + limit);
      }
      reader.join();
      return process.exitValue();
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** Whether it is still running. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** All lines so far. */
  public String output() {
    synchronized (lines) {
      return String.join("\n", lines);
    }
  }

  /** Its child processes that are running now. */
  public Stream<ProcessHandle> children() {
    return process.children();
  }

  /** Its descendant processes that are running now. */
  public Stream<ProcessHandle> descendants() {
    return process.descendants();
  }

  /** Asks it to end, by SIGTERM, as a scheduler does. */
  public void terminate() {
    process.toHandle().destroy(); // Process's own would close the stream being read
  }

  /** Kills it, like a crash or a lost machine. */
  public void kill() {
    process.toHandle().destroyForcibly(); // Process's own would close the stream being read
    if (!ended(process.toHandle())) {
      throw failure("survived being killed");
    }
  }

  /**
   * Ends it and all its descendants, first by SIGTERM.
   *
   * @throws AssertionError when a process did not end when asked to and had to be killed
   */
  @Override
  public void close() {
    List<ProcessHandle> family =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    family.forEach(ProcessHandle::destroy);
    List<ProcessHandle> stubborn = family.stream().filter(member -> !ended(member)).toList();
    stubborn.forEach(ProcessHandle::destroyForcibly);
    if (!stubborn.isEmpty()) {
      throw failure("or a child of it had to be killed: " + stubborn);
    }
  }

  /**
   * Ends all of them in reverse order.
   *
   * @throws AssertionError the first that {@link #close} throws, after all have ended
   */
  static void closeAll(List<LoggedProcess> processes) {
    List<AssertionError> failures = new ArrayList<>();
    for (int i = processes.size() - 1; i >= 0; i--) {
      try {
        processes.get(i).close();
      } catch (AssertionError e) {
        failures.add(e);
      }
    }
    if (!failures.isEmpty()) {
      AssertionError first = failures.get(0);
      failures.stream().skip(1).forEach(first::addSuppressed);
      throw first;
    }
  }

  private boolean ended(ProcessHandle member) {
    try {
      member.onExit().get(GRACE.toSeconds(), TimeUnit.SECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new AssertionError("Cannot wait for the end of " + member, e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private boolean waitUntil(long deadline) {
    long left = deadline - System.nanoTime();
    if (left <= 0) {
      return false;
    }
    try {
      TimeUnit.NANOSECONDS.timedWait(lines, left);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
    return true;
  }

  private void read(Path log) {
    try (BufferedReader in = process.inputReader();
        BufferedWriter out = Files.newBufferedWriter(log)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        out.write(line);
        out.newLine();
        out.flush();
        synchronized (lines) {
          lines.add(line);
          lines.notifyAll();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the output of " + name, e);
    } finally {
      synchronized (lines) {
        ended = true;
        lines.notifyAll();
      }
    }
  }

  private AssertionError failure(String what) {
    return new AssertionError(name + " " + what + "; it printed:\n" + output());
  }

  private AssertionError interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new AssertionError("Interrupted while waiting for " + name, e);
  }
}
