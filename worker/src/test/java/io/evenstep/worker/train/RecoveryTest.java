package io.evenstep.worker.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.engine.Scorer;
import io.evenstep.worker.evaluation.MeanLoss;
import io.evenstep.worker.mesh.Ranks;
import io.evenstep.worker.net.TestSecret;
import io.evenstep.worker.progress.ProgressEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ranks as threads, each with the survivors of its own process; one of them dies. */
class RecoveryTest {
  private static final int LAST_OF_EPOCH = 4; // 203 rows in batches of 41, and one of 39

  @TempDir Path folder;
  private TestRun run;
  private String undisturbed;
  private final List<WorkerProcess> processes = new ArrayList<>();
  private final List<ProgressEvent> heard = new CopyOnWriteArrayList<>();

  @BeforeEach
  void trainUndisturbed() throws Exception {
    run = new TestRun(folder);
    run.batch = 41;
    undisturbed = run.sha(2);
    run.output = folder.resolve("disturbed");
    for (int rank = 0; rank < 4; rank++) {
      processes.add(new WorkerProcess());
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 3, 3", "1, 3, 3", "3, 3, 2", "4, 3, 4", "5, 2, 2", "9, 3, 1", "14, 4, 3"})
  void goesOnFromASurvivorToTheSameBits(int dyingStep, int workers, int workersAfter)
      throws Exception {
    run.networks = () -> new DyingNetwork(dyingStep, 1);
    loseRankOne(workers);

    run.networks = TestRun.MOMENTUM;
    List<WorkerReport> reports = attempt(workersAfter);

    assertThat(reports)
        .extracting(report -> report.model().parametersSha256())
        .containsOnly(undisturbed)
        .hasSize(workersAfter);
    assertThat(reports)
        .extracting(report -> report.course().resumedFromStep())
        .containsOnly((long) dyingStep);
    assertThat(reports).extracting(report -> report.course().examples()).containsOnly(609L);
    if (dyingStep > 0) {
      assertThat(heard).contains(new ProgressEvent.Resumed(dyingStep, true));
    }
  }

  @Test
  void endsAnEpochOnceMoreThatWasNotEndedByAll() throws Exception {
    WorkerReport calm = run.run(2).get(0);
    AtomicInteger calls = new AtomicInteger();
    run.evaluators =
        () ->
            new MeanLoss() {
              @Override
              public void add(Scorer scorer, MiniBatch rows) {
                if (Thread.currentThread().getName().endsWith("-1")
                    && calls.incrementAndGet() == 1) {
                  throw new IllegalStateException("dying in validation");
                }
                super.add(scorer, rows);
              }
            };
    run.output = folder.resolve("disturbed-epoch");
    loseRankOne(2);
    List<WorkerReport> reports = attempt(2);

    assertThat(reports.get(0).course().resumedFromStep()).isEqualTo(LAST_OF_EPOCH + 1);
    assertThat(reports.get(0).model().parametersSha256()).isEqualTo(undisturbed);
    assertThat(reports.get(0).history().epochLosses()).isEqualTo(calm.history().epochLosses());
    assertThat(folder.resolve("disturbed-epoch/checkpoints/best.ckpt")).exists();
  }

  @Test
  void fallsBackToACheckpointWhenNobodySurvived() throws Exception {
    run.checkpointSteps = 2;
    run.networks = () -> new DyingNetwork(8, 1);
    loseRankOne(3);
    processes.replaceAll(gone -> new WorkerProcess());

    run.networks = TestRun.MOMENTUM;
    run.resume = TrainingPlan.Resume.AUTO;
    WorkerReport report = attempt(3).get(0);

    assertThat(report.model().parametersSha256()).isEqualTo(undisturbed);
    assertThat(report.course().resumedFromStep()).isEqualTo(7);
    assertThat(heard).contains(new ProgressEvent.Resumed(7, false));
  }

  @Test
  void losesRanksTwice() throws Exception {
    run.networks = () -> new DyingNetwork(4, 1);
    loseRankOne(3);
    run.networks = () -> new DyingNetwork(13, 1);
    loseRankOne(3);
    run.networks = TestRun.MOMENTUM;
    List<WorkerReport> reports = attempt(3);
    assertThat(reports).extracting(report -> report.course().resumedFromStep()).containsOnly(13L);
    assertThat(reports)
        .extracting(report -> report.model().parametersSha256())
        .containsOnly(undisturbed);
  }

  @Test
  void aReplicaIsForItsOwnRunOnly() throws Exception {
    run.networks = () -> new DyingNetwork(4, 1);
    loseRankOne(2);
    assertThat(processes.get(0).take(io.evenstep.worker.net.Secret.random())).isEmpty();
    assertThat(processes.get(0).take(TestSecret.SECRET)).isPresent();
    assertThat(processes.get(0).take(TestSecret.SECRET)).isEmpty();
  }

  /** Each batch has three segments, so step 4 is in the middle of the second batch. */
  @ParameterizedTest
  @CsvSource({"4, 3, 3", "4, 2, 1", "5, 3, 4", "6, 3, 2", "10, 2, 3"})
  void goesOnInTheMiddleOfSequencesFromASurvivor(int dyingStep, int workers, int workersAfter)
      throws Exception {
    String calm = trainSegmentsUndisturbed();
    run.networks = () -> new DyingInSequences(dyingStep);
    loseRankOne(workers);

    run.networks = RememberingNetwork::new;
    List<WorkerReport> reports = attempt(workersAfter);

    assertThat(reports).extracting(report -> report.model().parametersSha256()).containsOnly(calm);
    assertThat(reports)
        .extracting(report -> report.course().resumedFromStep())
        .containsOnly((long) dyingStep);
  }

  @Test
  void goesOnInTheMiddleOfSequencesFromACheckpoint() throws Exception {
    String calm = trainSegmentsUndisturbed();
    run.checkpointSteps = 1;
    run.networks = () -> new DyingInSequences(5);
    loseRankOne(3);
    processes.replaceAll(gone -> new WorkerProcess());

    run.networks = RememberingNetwork::new;
    run.resume = TrainingPlan.Resume.MUST;
    WorkerReport report = attempt(2).get(0);

    assertThat(report.model().parametersSha256()).isEqualTo(calm);
    assertThat(report.course().resumedFromStep()).isEqualTo(5);
  }

  private String trainSegmentsUndisturbed() throws Exception {
    run.segments(3);
    run.epochs = 1;
    run.networks = RememberingNetwork::new;
    run.output = folder.resolve("calm-segments");
    String calm = run.sha(1);
    assertThat(run.sha(3)).isEqualTo(calm);
    run.output = folder.resolve("disturbed-segments");
    return calm;
  }

  /** Runs an attempt in which rank 1 dies together with its process. */
  private void loseRankOne(int workers) {
    List<Future<WorkerReport>> ranks = start(workers);
    for (Future<WorkerReport> rank : ranks) {
      assertThatThrownBy(() -> rank.get(60, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class);
    }
    processes.set(1, new WorkerProcess());
  }

  private List<WorkerReport> attempt(int workers) throws Exception {
    List<WorkerReport> reports = new ArrayList<>();
    for (Future<WorkerReport> rank : start(workers)) {
      reports.add(rank.get(60, TimeUnit.SECONDS));
    }
    return reports;
  }

  private List<Future<WorkerReport>> start(int workers) {
    TrainingPlan plan = run.plan();
    return Ranks.start(
        workers,
        (rank, rendezvous) -> {
          Thread.currentThread().setName("rank-" + rank);
          return run.work(plan, rank, workers, rendezvous, processes.get(rank), heard::add);
        });
  }

  /** Dies at a step on one rank's thread, before other ranks can know its gradient. */
  private static final class DyingNetwork extends LinearNetwork {
    private final long dyingStep;
    private final int dyingRank;
    private long steps;

    DyingNetwork(long dyingStep, int dyingRank) {
      super(0.05, Kind.MOMENTUM);
      this.dyingStep = dyingStep;
      this.dyingRank = dyingRank;
    }

    @Override
    public double computeGradient(MiniBatch shard, long randomKey) {
      if (steps == dyingStep && Thread.currentThread().getName().endsWith("-" + dyingRank)) {
        throw new IllegalStateException("dying at step " + dyingStep);
      }
      return super.computeGradient(shard, randomKey);
    }

    @Override
    public void step(long step, int epoch, int rows) {
      super.step(step, epoch, rows);
      steps = step + 1;
    }
  }

  /** Dies at a step on rank 1. */
  private static final class DyingInSequences extends RememberingNetwork {
    private final long dyingStep;
    private long steps;

    DyingInSequences(long dyingStep) {
      this.dyingStep = dyingStep;
    }

    @Override
    public double computeGradient(MiniBatch shard, long randomKey) {
      if (steps == dyingStep && Thread.currentThread().getName().endsWith("-1")) {
        throw new IllegalStateException("dying at step " + dyingStep);
      }
      return super.computeGradient(shard, randomKey);
    }

    @Override
    public void step(long step, int epoch, int rows) {
      super.step(step, epoch, rows);
      steps = step + 1;
    }
  }
}
