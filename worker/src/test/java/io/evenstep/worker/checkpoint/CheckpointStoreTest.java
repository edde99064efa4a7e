package io.evenstep.worker.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointStoreTest {
  @TempDir Path folder;
  private final List<CheckpointStore.Skipped> skipped = new ArrayList<>();
  private CheckpointStore store;

  @BeforeEach
  void open() throws IOException {
    store = Checkpoints.store(folder);
  }

  @Test
  void givesBackWhatWasSaved() {
    Checkpoint saved = Checkpoints.of(7);
    store.save(saved);
    Checkpoint read = store.newest(skipped::add).orElseThrow();
    assertThat(read.position()).isEqualTo(saved.position());
    assertThat(read.parameters()).isEqualTo(saved.parameters());
    assertThat(read.state()).isEqualTo(saved.state());
  }

  /** Written by an earlier build after 2 steps of a {@code TestRun} in batches of 101 rows. */
  @Test
  void readsTheVersionBefore() throws IOException {
    byte[] old;
    try (InputStream in =
        getClass().getResourceAsStream("/io/evenstep/worker/train/version-2.ckpt")) {
      old = in.readAllBytes();
    }
    Files.write(Files.createDirectories(folder).resolve("step-000000000002.ckpt"), old);

    Checkpoint read = store.newest(skipped::add).orElseThrow();

    assertThat(read.position().step()).isEqualTo(2);
    assertThat(read.position().examples()).isEqualTo(202);
    assertThat(read.parameters().remaining()).isEqualTo(20);
    assertThat(read.state()).extracting(Section::name).containsExactly("optimizer");
    assertThat(read.state().get(0).bytes().remaining()).isEqualTo(20);
  }

  @Test
  void keepsTheLastFewAndTheBest() {
    store.saveBest(Checkpoints.of(1));
    for (long step = 1; step <= 5; step++) {
      store.save(Checkpoints.of(step));
    }
    assertThat(names())
        .containsExactlyInAnyOrder("best.ckpt", "step-000000000004.ckpt", "step-000000000005.ckpt");
    assertThat(store.best(skipped::add).orElseThrow().position().step()).isEqualTo(1);
  }

  @Test
  void isEmptyWhereThereIsNothing() throws IOException {
    CheckpointStore nowhere = Checkpoints.store(folder.resolve("no"));
    nowhere.removeUnfinished();
    assertThat(nowhere.newest(skipped::add)).isEmpty();
    assertThat(nowhere.best(skipped::add)).isEmpty();
  }

  @Test
  void removesWhatADeadWriterLeft() throws Exception {
    store.save(Checkpoints.of(1));
    Files.write(folder.resolve("step-000000000002.ckpt.unfinished"), new byte[10]);
    assertThat(store.newest(skipped::add).orElseThrow().position().step()).isEqualTo(1);
    store.removeUnfinished();
    assertThat(names()).containsExactly("step-000000000001.ckpt");
  }

  private List<String> names() {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
