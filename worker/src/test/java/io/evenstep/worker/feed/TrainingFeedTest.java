package io.evenstep.worker.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenstep.model.DataException;
import io.evenstep.model.augment.Augmenter;
import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.data.pack.PackSplit;
import io.evenstep.worker.plan.Limits;
import io.evenstep.worker.plan.ShardPlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingFeedTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final int ROWS = 317;

  @TempDir Path folder;
  private Augmenter augmenter = Augmenter.NONE;
  private PackSplit split = new PackSplit(0, List.of());

  @BeforeEach
  void writePack() throws Exception {
    split = TestPack.write(folder, "train", ROWS);
  }

  @ParameterizedTest
  @CsvSource({
    "40, 8, 16384",
    "40, 8, 1",
    "317, 4, 16384",
    "1, 8, 500",
    "100, 1, 2000",
    "13, 16, 999"
  })
  void everyEpochSeesEveryRowOnce(int batch, int shards, long prefetchBytes) throws Exception {
    Map<String, List<Integer>> seen = rows(batch, shards, prefetchBytes, 1, 0);
    for (int epoch = 0; epoch < 2; epoch++) {
      String prefix = epoch + "/";
      List<Integer> ofEpoch = new ArrayList<>();
      seen.forEach(
          (key, rows) -> {
            if (key.startsWith(prefix)) {
              ofEpoch.addAll(rows);
            }
          });
      assertThat(ofEpoch.stream().sorted())
          .containsExactlyElementsOf(IntStream.range(0, ROWS).boxed().toList());
      assertThat(ofEpoch).isNotEqualTo(ofEpoch.stream().sorted().toList());
    }
  }

  @Test
  void isTheSameForAnyNumberOfWorkers() throws Exception {
    Map<String, List<Integer>> alone = rows(40, 8, 5000, 1, 0);
    for (int workers : new int[] {2, 3, 8}) {
      assertThat(rows(40, 8, 5000, workers, 0)).isEqualTo(alone);
    }
  }

  @ParameterizedTest
  @CsvSource({"1", "7", "8", "11", "15", "16"})
  void goesOnFromAnyStep(long firstStep) throws Exception {
    Map<String, List<Integer>> whole = rows(40, 8, 5000, 2, 0);
    Map<String, List<Integer>> rest = rows(40, 8, 5000, 2, firstStep);
    assertThat(whole).containsAllEntriesOf(rest);
    assertThat(whole.keySet().stream().filter(key -> stepOf(key) >= firstStep))
        .containsExactlyElementsOf(rest.keySet());
  }

  @Test
  void keysAugmentationByStepAndShardAlone() throws Exception {
    Map<String, Long> alone = augmentationKeys(1, 0);
    assertThat(alone.values()).doesNotHaveDuplicates().hasSizeGreaterThan(100);
    assertThat(augmentationKeys(3, 0)).isEqualTo(alone);
    assertThat(alone).containsAllEntriesOf(augmentationKeys(2, 11));
  }

  /** Keys by "step/shard". */
  private Map<String, Long> augmentationKeys(int workers, long firstStep) throws Exception {
    Map<String, Long> keys = new TreeMap<>();
    for (int rank = 0; rank < workers; rank++) {
      List<Long> drawn = new ArrayList<>(); // written by the feed's thread, read after its end
      List<String> shards = new ArrayList<>();
      augmenter =
          (batch, key) -> {
            drawn.add(key);
            return batch;
          };
      try (TrainingFeed feed = start(40, 8, 5000, rank, workers, firstStep)) {
        for (Optional<StepRows> rows = feed.next(); rows.isPresent(); rows = feed.next()) {
          for (StepRows.Shard shard : rows.get().shards()) {
            shards.add(rows.get().step() + "/" + shard.index());
          }
        }
      }
      assertThat(drawn).hasSameSizeAs(shards);
      for (int i = 0; i < shards.size(); i++) {
        keys.put(shards.get(i), drawn.get(i));
      }
    }
    return keys;
  }

  @Test
  void namesFileAndBlockWhenAByteIsWrong() throws Exception {
    Path file = folder.resolve("train");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 4;
    Files.write(file, bytes);
    assertThatThrownBy(() -> rows(40, 8, 5000, 1, 0))
        .isInstanceOf(DataException.class)
        .hasMessageMatching(
            "Cannot read block at byte \\d+ \\(\\d+ rows\\) of .*train: its checksum is wrong");
  }

  @Test
  void namesAFileThatEndsEarly() throws Exception {
    Path file = folder.resolve("train");
    Files.write(file, java.util.Arrays.copyOf(Files.readAllBytes(file), 1000));
    assertThatThrownBy(() -> rows(40, 8, 5000, 1, 0))
        .isInstanceOf(DataException.class)
        .hasMessageEndingWith("train: the file is too short");
  }

  @Test
  void closingItEarlyLeavesNoThread() throws Exception {
    try (TrainingFeed feed = start(40, 8, 1, 0, 1, 0)) {
      assertThat(feed.next()).isPresent();
    }
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .noneMatch(name -> name.startsWith("evenstep-feed"));
  }

  @ParameterizedTest
  @CsvSource({"1", "4", "8"})
  void readsThePartsOfASplitInOrder(int parts) throws Exception {
    SequentialReader reader = new SequentialReader(split, reader(), TestPack.numbered());
    List<Integer> seen = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      reader.read(part, parts, batch -> seen.addAll(numbers(batch)));
    }
    assertThat(seen).containsExactlyElementsOf(IntStream.range(0, ROWS).boxed().toList());
  }

  /** Row numbers by "epoch/step/shard". */
  private Map<String, List<Integer>> rows(
      int batch, int shards, long prefetchBytes, int workers, long firstStep) throws Exception {
    Map<String, List<Integer>> seen = new TreeMap<>();
    for (int rank = 0; rank < workers; rank++) {
      try (TrainingFeed feed = start(batch, shards, prefetchBytes, rank, workers, firstStep)) {
        for (Optional<StepRows> rows = feed.next(); rows.isPresent(); rows = feed.next()) {
          StepRows step = rows.get();
          for (StepRows.Shard shard : step.shards()) {
            String key = String.format("%d/%04d/%02d", step.epoch(), step.step(), shard.index());
            seen.put(key, numbers(shard.rows()));
          }
        }
      }
    }
    return seen;
  }

  private TrainingFeed start(
      int batch, int shards, long prefetchBytes, int rank, int workers, long firstStep)
      throws Exception {
    return TrainingFeed.start(
        new TrainingFeed.Request(
            split,
            new ShardPlan(split.rows(), batch, 1, shards, workers),
            rank,
            2,
            99,
            RowOrder.SHUFFLED),
        reader(),
        TestPack.numbered(),
        augmenter,
        new Limits(LIMIT, LIMIT, LIMIT, LIMIT, prefetchBytes),
        firstStep,
        "evenstep-feed-test");
  }

  private BlockReader reader() throws Exception {
    return new BlockReader(
        TestPack.files(), new org.apache.hadoop.fs.Path(folder.toUri()), TestPack.RECORD_BYTES);
  }

  private static long stepOf(String key) {
    return Long.parseLong(key.split("/", -1)[1]);
  }

  private static List<Integer> numbers(MiniBatch batch) {
    List<Integer> numbers = new ArrayList<>();
    for (int row = 0; row < batch.rows(); row++) {
      numbers.add((int) batch.features().get(0).getFloat(row, 0));
    }
    return numbers;
  }
}
