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
 * The holder of a lease: one process.
 *
 * @param id unique to this lease
 * @param user name of the process's user
 * @param host name of its machine
 * @param machine identifies the machine, its boot and container; empty if unknown
 * @param process its process id on the machine
 * @param startMillis start of the process, since 1970
 * @param sinceMillis time it took the lease
 * @param renewedMillis time of the last renewal
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
  /** A holder read from a file that is being written or is damaged. */
  static final Holder UNREADABLE = new Holder("", "", "", "", 0, 0, 0, 0);

  /** This process, starting now. */
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

  /** Whether the process is still running; call this on its machine. */
  boolean lives() {
    return ProcessHandle.of(process).filter(it -> start(it) == startMillis).isPresent();
  }

  /** Such as {@code process 12 of ann on host7, running since 2026-11-29T18:30:05Z}. */
  String words() {
    return id.isEmpty()
        ? "somebody"
        : "process "
            + process
            + " of "
            + user
            + " on "
            + host
            + ", running since "
            + Instant.ofEpochMilli(sinceMillis).truncatedTo(ChronoUnit.SECONDS);
  }

  private static long start(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "an unnamed host";
    }
  }

  /** The boot id of the kernel and the PID namespace, as Linux names them. */
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
