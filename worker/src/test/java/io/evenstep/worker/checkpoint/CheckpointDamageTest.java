package io.evenstep.worker.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A checkpoint of step 2 is damaged; that of step 1 must be used instead. */
class CheckpointDamageTest {
  private static final int KIB = 1024;
  private static final int DIGEST = 32;

  /** Beyond the sections: streams, a digest, an exception, the log messages. */
  private static final long HEAP_ALLOWANCE = 256 * KIB;

  @TempDir private Path folder;
  private CheckpointStore store;
  private Path newest;

  @BeforeEach
  void save() throws IOException {
    store = Checkpoints.store(folder);
    store.save(Checkpoints.of(1));
    store.save(Checkpoints.of(2));
    newest = folder.resolve("step-000000000002.ckpt");
  }

  /** Offsets of the format, which this test pins. */
  static Stream<Arguments> fields() throws IOException {
    byte[] file = good(Checkpoints.of(2));
    int header = (int) ByteBuffer.wrap(file).getLong(8);
    int parameters = 16 + header + 8;
    int count = parameters + 2000;
    int state = count + 4 + 1 + "optimizer".length() + 8;
    String json = new String(file, 16, header, StandardCharsets.UTF_8);
    return Stream.concat(
        Stream.of(
            field("magic", 0, 4),
            field("version", 4, 4),
            field("length of the header", 8, 8),
            field("start of the header", 16, 2),
            field("end of the header", 16 + header - 2, 2),
            field("length of the parameters", parameters - 8, 8),
            field("first parameters", parameters, 8),
            field("a parameter in the middle", parameters + 1000, 4),
            field("last parameter", parameters + 1996, 4),
            field("number of sections", count, 4),
            field("length of a name", count + 4, 1),
            field("name", count + 5, "optimizer".length()),
            field("length of the state", state - 8, 8),
            field("first state", state, 4),
            field("last state", state + 1196, 4),
            field("name of the second state", state + 1201, "segments".length()),
            field("digest", file.length - DIGEST, DIGEST)),
        Stream.of("runId", "configSha256", "seed", "step", "epoch", "epochLosses", "stopped")
            .flatMap(name -> positions(name, 16 + json.indexOf('"' + name + '"') + 1)));
  }

  private static Stream<Arguments> positions(String name, int at) {
    return Stream.of(
        field("name of " + name, at, name.length()),
        field("value of " + name, at + name.length() + 2, 1));
  }

  private static Arguments field(String name, int at, int bytes) {
    return Arguments.of(name, at, bytes);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("fields")
  void skipsOneWithAnyBitOfAFieldWrong(String name, int at, int bytes) throws IOException {
    byte[] good = Files.readAllBytes(newest);
    for (int bit = 0; bit < 8 * bytes; bit++) {
      byte[] bad = good.clone();
      bad[at + bit / 8] ^= (byte) (1 << (bit % 8));
      Files.write(newest, bad);
      assertThat(stepTaken()).as("bit " + bit).isEqualTo(1);
    }
    Files.write(newest, good);
    assertThat(stepTaken()).isEqualTo(2);
  }

  @Test
  void skipsOneCutOffAnywhere() throws IOException {
    int length = (int) Files.size(newest);
    try (FileChannel file = FileChannel.open(newest, StandardOpenOption.WRITE)) {
      for (int cut = length - 1; cut >= 0; cut -= 7) {
        file.truncate(cut);
        assertThat(stepTaken()).as(cut + " of " + length + " bytes").isEqualTo(1);
      }
    }
  }

  @Test
  void skipsALargeOneCutOffAtAnyKibibyteOrAnyOfItsLastBytes() throws IOException {
    store.save(Checkpoints.of(2, 300 * KIB));
    int length = (int) Files.size(newest);
    assertThat(length).isGreaterThan(KIB * KIB);
    try (FileChannel file = FileChannel.open(newest, StandardOpenOption.WRITE)) {
      for (int cut : cuts(length)) {
        file.truncate(cut);
        assertThat(stepTaken()).as(cut + " of " + length + " bytes").isEqualTo(1);
      }
    }
  }

  /** The last 64 one by one, then every KiB, from the end to the start. */
  private static int[] cuts(int length) {
    IntStream last = IntStream.rangeClosed(1, 64).map(back -> length - back);
    int whole = (length - 65) / KIB;
    return IntStream.concat(last, IntStream.rangeClosed(0, whole).map(i -> (whole - i) * KIB))
        .toArray();
  }

  /** As a file system may leave an allocated file after a crash. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, KIB, 2 * KIB, 3 * KIB})
  void skipsOneWhoseEndWasNeverWritten(int written) throws IOException {
    byte[] good = Files.readAllBytes(newest);
    Files.write(newest, Arrays.copyOf(Arrays.copyOf(good, written), good.length));
    assertThat(stepTaken()).isEqualTo(1);
  }

  @Test
  void skipsOneWithMoreAfterItsEnd() throws IOException {
    byte[] good = Files.readAllBytes(newest);
    Files.write(newest, Arrays.copyOf(good, good.length + 1));
    assertThat(stepTaken()).isEqualTo(1);
  }

  @Test
  void allocatesNoMoreThanTheFileHas() throws IOException {
    byte[] good = good(Checkpoints.of(2));
    int header = (int) ByteBuffer.wrap(good).getLong(8);
    int state = 16 + header + 8 + 2000 + 4 + 1 + "optimizer".length();
    for (int at : new int[] {8, 16 + header, state}) {
      for (int bit = 0; bit < Long.SIZE; bit++) {
        byte[] bad = good.clone();
        ByteBuffer.wrap(bad).putLong(at, ByteBuffer.wrap(good).getLong(at) ^ (1L << bit));
        assertRefusedWithin(bad);
      }
    }
  }

  private static void assertRefusedWithin(byte[] file) {
    long direct = directBytes();
    long heap = heapBytes();
    assertThatThrownBy(() -> CheckpointFormat.read(new ByteArrayInputStream(file), file.length))
        .isInstanceOf(IOException.class);
    assertThat(directBytes() - direct).isLessThanOrEqualTo(file.length);
    assertThat(heapBytes() - heap).isLessThanOrEqualTo(file.length + HEAP_ALLOWANCE);
  }

  private static long directBytes() {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .filter(pool -> pool.getName().equals("direct"))
        .mapToLong(BufferPoolMXBean::getTotalCapacity)
        .sum();
  }

  /** Everything this thread has ever allocated. */
  private static long heapBytes() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    return threads.getThreadAllocatedBytes(Thread.currentThread().getId());
  }

  private long stepTaken() {
    return store.newest(skipped -> {}).orElseThrow().position().step();
  }

  private static byte[] good(Checkpoint checkpoint) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CheckpointFormat.write(checkpoint, out);
    return out.toByteArray();
  }
}
