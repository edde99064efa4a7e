package io.evenstep.worker.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenstep.model.DivergedException;
import io.evenstep.model.data.MiniBatch;
import io.evenstep.worker.checkpoint.Checkpoint;
import io.evenstep.worker.checkpoint.CheckpointStore;
import io.evenstep.worker.feed.RandomKey;
import io.evenstep.worker.feed.TestPack;
import io.evenstep.worker.mesh.RankLostException;
import io.evenstep.worker.mesh.Ranks;
import io.evenstep.worker.plan.Shares;
import io.evenstep.worker.plan.SyncPlan;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In one step, one of eight shards goes wrong. The run stops in the state before that step. */
class DivergenceTest {
  private static final long SEED = 7; // of a TestRun
  private static final long BAD_STEP = 8;
  private static final int BAD_SHARD = 5;
  private static final String END =
      "\\); the last finite mean loss was \\d+\\.\\d+: lower training.*";

  @TempDir private Path folder;
  private TestRun run;

  @BeforeEach
  void prepare() throws Exception {
    run = new TestRun(folder);
    run.checkpointSteps = 1;
  }

  @ParameterizedTest
  @CsvSource({"1, NaN", "2, NaN", "3, NaN", "1, Infinity", "2, -Infinity"})
  void stopsAtALossThatIsNoFiniteNumber(int workers, double loss) throws Exception {
    run.networks = () -> new Bad(loss, 0, BAD_SHARD);
    assertStops(workers, ": the loss is " + loss + where(workers));
  }

  @ParameterizedTest
  @CsvSource({"1, Infinity", "2, Infinity", "3, Infinity", "1, NaN", "2, NaN"})
  void stopsAtAGradientThatIsNoFiniteNumberThoughTheLossIs(int workers, float slope)
      throws Exception {
    run.networks = () -> new Bad(0, slope, BAD_SHARD);
    assertStops(workers, ": Cannot go on: the gradient must be finite numbers" + where(workers));
  }

  /** Each shard's loss is finite; the sum of two is not. */
  @Test
  void saysSoWhenOnlyTheSumIsNoNumber() throws Exception {
    run.networks = () -> new Overflowing();
    assertStops(2, ": Cannot go on: .* \\(in the sum over all shards" + END);
  }

  @Test
  void stopsAWorkerThatAveragesToo() throws Exception {
    run.sync = new SyncPlan.Averaging(1, true);
    run.networks = () -> new Bad(0, Float.POSITIVE_INFINITY, 1);
    List<Future<WorkerReport>> ranks = Ranks.start(2, run.rank(2));
    assertThatThrownBy(() -> ranks.get(0).get(2, TimeUnit.MINUTES))
        .hasCauseInstanceOf(RankLostException.class);
    assertThatThrownBy(() -> ranks.get(1).get(2, TimeUnit.MINUTES))
        .cause()
        .isInstanceOf(DivergedException.class)
        .hasMessageMatching("Rank 1 at step 8: Cannot go on: .* \\(in shard 1" + END);
  }

  private static String where(int workers) {
    int rank = 0;
    while (Shares.firstShard(rank + 1, 8, workers) <= BAD_SHARD) {
      rank++;
    }
    return " \\(first in shard 5 of rank " + rank + END;
  }

  private void assertStops(int workers, String reason) throws Exception {
    List<Future<WorkerReport>> ranks = Ranks.start(workers, run.rank(workers));
    for (int rank = 0; rank < workers; rank++) {
      Future<WorkerReport> each = ranks.get(rank);
      assertThatThrownBy(() -> each.get(2, TimeUnit.MINUTES))
          .isInstanceOf(ExecutionException.class)
          .cause()
          .isInstanceOf(DivergedException.class)
          .hasMessageMatching("Rank " + rank + " at step " + BAD_STEP + reason);
    }
    CheckpointStore kept =
        new CheckpointStore(
            TestPack.files(),
            new org.apache.hadoop.fs.Path(folder.resolve("run/checkpoints").toUri()),
            2);
    Checkpoint newest = kept.newest(skipped -> {}).orElseThrow();
    assertThat(newest.position().step()).isEqualTo(BAD_STEP);
    assertFinite(newest.parameters());
    assertFinite(newest.state().get(0).bytes());
  }

  private static void assertFinite(ByteBuffer floats) {
    while (floats.hasRemaining()) {
      assertThat(floats.getFloat()).isFinite();
    }
  }

  /** Linear regression with one bad shard. */
  private static final class Bad extends LinearNetwork {
    private final double loss;
    private final float slope;
    private final long badKey;

    Bad(double loss, float slope, int shard) {
      super(0.05, Kind.MOMENTUM);
      this.loss = loss;
      this.slope = slope;
      this.badKey = RandomKey.of(SEED, BAD_STEP, shard);
    }

    @Override
    public double computeGradient(MiniBatch shard, long randomKey) {
      double good = super.computeGradient(shard, randomKey);
      if (randomKey != badKey) {
        return good;
      }
      if (slope != 0) {
        slopes().putScalar(2, slope);
      }
      return good + loss;
    }
  }

  /** Linear regression with slopes whose sum exceeds the range of a float. */
  private static final class Overflowing extends LinearNetwork {
    Overflowing() {
      super(0.05, Kind.MOMENTUM);
    }

    @Override
    public double computeGradient(MiniBatch shard, long randomKey) {
      double loss = super.computeGradient(shard, randomKey);
      for (int each = 0; each < 8; each++) {
        if (randomKey == RandomKey.of(SEED, BAD_STEP, each)) {
          slopes().putScalar(2, Float.MAX_VALUE / 2);
        }
      }
      return loss;
    }
  }
}
