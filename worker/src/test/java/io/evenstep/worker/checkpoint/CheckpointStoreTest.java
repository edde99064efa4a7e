package io.evenstep.worker.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.worker.feed.TestPack;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointStoreTest {
  @TempDir Path folder;
  private final List<CheckpointStore.Skipped> skipped = new ArrayList<>();
  private CheckpointStore store;

  @BeforeEach
  void open() throws Exception {
    store = new CheckpointStore(TestPack.files(), path(folder), 2);
  }

  @Test
  void givesBackWhatWasSaved() {
    Checkpoint saved = checkpoint(7);
    store.save(saved);
    Checkpoint read = store.newest(skipped::add).orElseThrow();
    assertThat(read.position()).isEqualTo(saved.position());
    assertThat(read.parameters()).isEqualTo(saved.parameters());
    assertThat(read.optimizerState()).isEqualTo(saved.optimizerState());
  }

  @Test
  void keepsTheLastFewAndTheBest() {
    store.saveBest(checkpoint(1));
    for (long step = 1; step <= 5; step++) {
      store.save(checkpoint(step));
    }
    assertThat(names())
        .containsExactlyInAnyOrder("best.ckpt", "step-000000000004.ckpt", "step-000000000005.ckpt");
    assertThat(store.best(skipped::add).orElseThrow().position().step()).isEqualTo(1);
  }

  @Test
  void isEmptyWhereThereIsNothing() throws Exception {
    CheckpointStore nowhere = new CheckpointStore(TestPack.files(), path(folder.resolve("no")), 1);
    nowhere.removeUnfinished();
    assertThat(nowhere.newest(skipped::add)).isEmpty();
    assertThat(nowhere.best(skipped::add)).isEmpty();
  }

  @Test
  void skipsADamagedOneWhateverByteIsWrong() throws Exception {
    store.save(checkpoint(1));
    store.save(checkpoint(2));
    Path newest = folder.resolve("step-000000000002.ckpt");
    byte[] good = Files.readAllBytes(newest);
    for (int at = 0; at < good.length; at += at < 64 || at > good.length - 40 ? 1 : 37) {
      byte[] bad = good.clone();
      bad[at] ^= (byte) (1 << (at % 8));
      assertSkipped(newest, bad, "byte " + at);
    }
  }

  @Test
  void skipsATruncatedOneWhereverItEnds() throws Exception {
    store.save(checkpoint(1));
    store.save(checkpoint(2));
    Path newest = folder.resolve("step-000000000002.ckpt");
    byte[] good = Files.readAllBytes(newest);
    for (int length = 0; length < good.length; length += 61) {
      assertSkipped(newest, Arrays.copyOf(good, length), "length " + length);
    }
    assertSkipped(newest, Arrays.copyOf(good, good.length + 1), "one byte more");
  }

  @Test
  void removesWhatADeadWriterLeft() throws Exception {
    store.save(checkpoint(1));
    Files.write(folder.resolve("step-000000000002.ckpt.unfinished"), new byte[10]);
    assertThat(store.newest(skipped::add).orElseThrow().position().step()).isEqualTo(1);
    store.removeUnfinished();
    assertThat(names()).containsExactly("step-000000000001.ckpt");
  }

  private void assertSkipped(Path newest, byte[] bytes, String damage) throws Exception {
    skipped.clear();
    Files.write(newest, bytes);
    assertThat(store.newest(skipped::add).orElseThrow().position().step()).as(damage).isEqualTo(1);
    assertThat(skipped).as(damage).hasSize(1);
    assertThat(skipped.get(0).file().getName()).isEqualTo(newest.getFileName().toString());
    assertThat(skipped.get(0).reason()).as(damage).isNotBlank();
  }

  private List<String> names() {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Checkpoint checkpoint(long step) {
    Position position =
        new Position(
            "run",
            "sha",
            3,
            step,
            1,
            128 * step,
            0.1 + step,
            List.of(1.5, 1 / 3.0),
            List.of(Map.of("validation.loss", 0.7, "validation.auc", Double.NaN), Map.of()),
            0,
            0.25,
            1,
            false,
            "here");
    return new Checkpoint(position, floats(500, step), floats(300, step + 1));
  }

  private static ByteBuffer floats(int count, long seed) {
    Random random = new Random(seed);
    ByteBuffer bytes = ByteBuffer.allocateDirect(count * 4).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      bytes.putFloat((float) random.nextGaussian());
    }
    return bytes.flip();
  }

  private static org.apache.hadoop.fs.Path path(Path local) {
    return new org.apache.hadoop.fs.Path(local.toUri());
  }
}
