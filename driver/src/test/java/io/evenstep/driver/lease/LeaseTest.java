package io.evenstep.driver.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenstep.driver.ObjectStoreFixture;
import io.evenstep.driver.control.Progress;
import io.evenstep.driver.control.StopRequest;
import io.evenstep.driver.control.TemporaryException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On a local disk, and on a store where a file appears when it is closed and nothing is atomic. */
class LeaseTest {
  private static final Lease.Times QUICK =
      new Lease.Times(Duration.ofMillis(20), Duration.ofMillis(700));
  private static final Lease.Times NEVER_RENEWED =
      new Lease.Times(Duration.ofHours(1), Duration.ofMillis(700));

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"file", "objects"})
  void secondIsRefusedUntilTheFirstGivesItBack(String scheme) throws IOException {
    LeaseFile file = file(scheme);
    try (Lease first = take(file, NEVER_RENEWED)) {
      assertThat(first.foundStale()).isFalse();
      assertThatThrownBy(() -> take(file, QUICK))
          .isInstanceOf(TemporaryException.class)
          .hasMessageMatching(
              "Cannot train run r: this is already being done by process "
                  + ProcessHandle.current().pid()
                  + " of .+ on .+, running since 20.+Z; wait until that process ends, or stop it");
    }
    assertThat(folder.resolve("run/lease.json")).doesNotExist();
    take(file, QUICK).close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"file", "objects"})
  void oneOfADeadProcessIsTakenOverAtOnce(String scheme) throws IOException {
    LeaseFile file = file(scheme);
    Holder here = Holder.here(Instant.now());
    file.create(
        new Holder(
            "dead",
            "ann",
            here.host(),
            here.machine(),
            here.process(),
            here.startMillis() - 1, // the number is another process's by now
            0,
            Instant.now().toEpochMilli()));
    Lease.Times hours = new Lease.Times(Duration.ofHours(1), Duration.ofHours(2));
    try (Lease mine = take(file, hours)) {
      assertThat(mine.foundStale()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"file", "objects"})
  void oneOfAnotherMachineIsTakenOverWhenNobodyRenewsIt(String scheme) throws IOException {
    LeaseFile file = file(scheme);
    file.create(elsewhere());
    try (Lease mine = take(file, QUICK)) {
      assertThat(mine.foundStale()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"file", "objects"})
  void oneOfAnotherMachineIsLeftToItWhileItIsRenewed(String scheme) throws IOException {
    LeaseFile file = file(scheme);
    file.create(elsewhere());
    Lease.Times hours = new Lease.Times(Duration.ofMillis(20), Duration.ofHours(2));
    StopRequest stop = new StopRequest();
    try (Renewal alive =
        Renewal.start(file, elsewhere(), InstantSource.system(), hours.renewal(), stop)) {
      assertThatThrownBy(() -> take(file, hours))
          .isInstanceOf(TemporaryException.class)
          .hasMessageContaining("process 7 of ann on host7, running since 1970-01-01T00:00:00Z");
    }
    assertThat(stop.reason()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"file", "objects"})
  void whoFindsItTakenOverIsAskedToStopAndLeavesIt(String scheme) throws Exception {
    LeaseFile file = file(scheme);
    StopRequest stop = new StopRequest();
    CountDownLatch asked = new CountDownLatch(1);
    try (StopRequest.Hearing hearing = stop.hear(asked::countDown);
        Lease mine =
            Lease.take(file, "train run r", stop, Progress.SILENT, InstantSource.system(), QUICK)) {
      file.replace(elsewhere());
      assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(stop.reason())
        .contains(
            "process 7 of ann on host7, running since 1970-01-01T00:00:00Z,"
                + " which has taken over this work");
    assertThat(file.read().map(Holder::id)).contains("elsewhere");
  }

  /** What a machine leaves after a power failure. */
  @ParameterizedTest
  @ValueSource(strings = {"", "{", "null", "[]"})
  void damagedOneIsTakenOver(String text) throws IOException {
    LeaseFile file = file("file");
    Files.createDirectories(folder.resolve("run"));
    Files.writeString(folder.resolve("run/lease.json"), text);
    try (Lease mine = take(file, QUICK)) {
      assertThat(file.read().map(Holder::host))
          .isEqualTo(Optional.of(Holder.here(Instant.EPOCH).host()));
    }
  }

  private static Holder elsewhere() {
    return new Holder("elsewhere", "ann", "host7", "another", 7, 0, 0, 0);
  }

  private static Lease take(LeaseFile file, Lease.Times times) {
    return Lease.take(
        file, "train run r", new StopRequest(), Progress.SILENT, InstantSource.system(), times);
  }

  private LeaseFile file(String scheme) throws IOException {
    Configuration settings = new Configuration();
    ObjectStoreFixture.addTo(settings);
    URI at = URI.create(scheme + ":" + folder.resolve("run/lease.json"));
    return new LeaseFile(FileSystem.get(at, settings), new org.apache.hadoop.fs.Path(at));
  }
}
