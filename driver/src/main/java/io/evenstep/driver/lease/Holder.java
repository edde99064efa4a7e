package io.evenstep.driver.lease;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * Who holds a lease: one process at one time.
 *
 * @param id no other lease has it
 * @param user name of the process's user
 * @param host name of its machine
 * @param machine tells machines, their boots and containers apart; empty where nothing does
 * @param process its number on the machine
 * @param startMillis when the process began, since 1970
 * @param sinceMillis when it took the lease
 * @param renewedMillis when it last said that it is at work
 */
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
record Holder(
    String id,
    String user,
    String host,
    String machine,
    long process,
    long startMillis,
    long sinceMillis,
    long renewedMillis) {
  /** A file that another is just writing, or that is damaged. */
  static final Holder UNREADABLE = new Holder("", "", "", "", 0, 0, 0, 0);

  /** This process, from now on. */
  static Holder here(Instant now) {
    ProcessHandle me = ProcessHandle.current();
    return new Holder(
        UUID.randomUUID().toString(),
        System.getProperty("user.name", "somebody"),
        hostName(),
        machineHere(),
        me.pid(),
        start(me),
        now.toEpochMilli(),
        now.toEpochMilli());
  }

  Holder renewed(Instant now) {
    return new Holder(
        id, user, host, machine, process, startMillis, sinceMillis, now.toEpochMilli());
  }

  boolean isHere() {
    return !machine.isEmpty() && machine.equals(machineHere());
  }

  /** Whether the process is still there; asked on its own machine. */
  boolean lives() {
    return ProcessHandle.of(process).filter(it -> start(it) == startMillis).isPresent();
  }

  /** Such as {@code process 12 of ann on host7, at work since 2026-11-29T18:30:05Z}. */
  String words() {
    return id.isEmpty()
        ? "somebody"
        : "process "
            + process
            + " of "
            + user
            + " on "
            + host
            + ", at work since "
            + Instant.ofEpochMilli(sinceMillis).truncatedTo(ChronoUnit.SECONDS);
  }

  private static long start(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "a host without a name";
    }
  }

  /** A boot of a kernel and a space of process numbers on it, as Linux names them. */
  private static String machineHere() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip()
          + " "
          + Files.readSymbolicLink(Path.of("/proc/self/ns/pid"));
    } catch (IOException | UnsupportedOperationException e) {
      return "";
    }
  }
}
