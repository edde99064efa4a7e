package io.evenstep.worker.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.model.augment.Augmenter;
import io.evenstep.model.augment.Mixup;
import io.evenstep.model.augment.Noise;
import io.evenstep.model.data.Encoding;
import io.evenstep.model.data.Missing;
import io.evenstep.model.data.Scaling;
import io.evenstep.model.data.Segment;
import io.evenstep.model.data.Segment.Kind;
import io.evenstep.model.data.Storage;
import io.evenstep.model.data.TensorEncoding;
import io.evenstep.model.data.Unseen;
import io.evenstep.worker.feed.TestPack;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs whose training rows are changed at random; the last batch of an epoch has 3 rows. */
class AugmentedTrainingTest {
  @TempDir Path folder;
  private TestRun run;

  @BeforeEach
  void prepare() throws Exception {
    run = new TestRun(folder);
  }

  @Test
  void givesTheSameBitsForAnyNumberOfWorkers() throws Exception {
    String plain = run.sha(1);
    run.augmenters =
        () -> Augmenter.of(List.of(new Noise(0.1, 1), new Mixup(0.4, 0.5)), encoding());
    String alone = run.sha(1);
    assertThat(alone).isNotEqualTo(plain);
    for (int workers : new int[] {2, 3, 4}) {
      assertThat(run.sha(workers)).as(workers + " workers").isEqualTo(alone);
    }
  }

  /** The run also evaluates 61 validation rows per epoch, and 203 test rows. */
  @Test
  void changesTrainingRowsOnly() throws Exception {
    AtomicLong rows = new AtomicLong();
    run.augmenters =
        () ->
            (batch, key) -> {
              rows.addAndGet(batch.rows());
              return batch;
            };
    WorkerReport report = run.run(2).get(0);
    assertThat(report.scores().test()).containsEntry("test.rows", 203.0);
    assertThat(rows).hasValue(3 * 203);
  }

  private static Encoding encoding() {
    return new Encoding(
        Encoding.VERSION,
        List.of(numbers("features", TestPack.INPUTS)),
        List.of(numbers("label", 1)),
        Missing.REFUSE,
        0,
        Unseen.REFUSE);
  }

  private static TensorEncoding numbers(String name, long count) {
    Segment segment =
        new Segment(
            Kind.NUMBERS, List.of(name), List.of(count), Storage.F32, List.of(), Scaling.NONE);
    return new TensorEncoding(name, List.of(count), List.of(segment));
  }
}
