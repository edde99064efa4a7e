package io.evenstep.worker.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.engine.Scorer;
import io.evenstep.worker.evaluation.MeanLoss;
import io.evenstep.worker.mesh.Ranks;
import io.evenstep.worker.plan.SyncPlan;
import io.evenstep.worker.train.LinearNetwork;
import io.evenstep.worker.train.TestRun;
import io.evenstep.worker.train.TrainingPlan;
import io.evenstep.worker.train.WorkerReport;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Ranks are asked to stop during a run. The same run, resumed, ends with the bits of an undisturbed
 * one.
 */
class StopSignTest {
  @TempDir private Path folder;
  private TestRun run;
  private String undisturbed = "";

  @BeforeEach
  void trainUndisturbed() throws Exception {
    run = new TestRun(folder);
    undisturbed = run.sha(2);
    run.output = folder.resolve("stopped");
  }

  /** Six steps per epoch; step 5 is the last one of the first epoch. */
  @ParameterizedTest
  @CsvSource({"0, 1, 0", "2, 1, 0", "2, 3, 2", "5, 2, 0", "9, 4, 3", "17, 3, 0"})
  void allRanksStopAfterTheStepInWhichOneWasAsked(int step, int workers, int askedRank)
      throws Exception {
    List<StopSign> signs = signs(workers);
    run.networks = () -> new AskingNetwork(step, askedRank, signs.get(askedRank));

    stops(workers, "Stopped after step " + (step + 1) + ", at a checkpoint");
    assertThat(goesOn(2)).isEqualTo(step + 1);
  }

  @Test
  void averagingRanksStopWhenTheyAreTheSameNext() throws Exception {
    run.sync = new SyncPlan.Averaging(4, true);
    run.output = folder.resolve("averaged");
    undisturbed = run.sha(2);
    run.output = folder.resolve("stopped");
    List<StopSign> signs = signs(2);
    run.networks = () -> new AskingNetwork(1, 1, signs.get(1));

    stops(2, "Stopped after step 4, at a checkpoint");
    assertThat(goesOn(2)).isEqualTo(4);
  }

  @Test
  void stopsInTheMiddleOfAValidation() throws Exception {
    List<StopSign> signs = signs(2);
    run.evaluators =
        () ->
            new MeanLoss() {
              @Override
              public void add(Scorer scorer, MiniBatch rows) {
                signs.forEach(StopSign::ask);
                super.add(scorer, rows);
              }
            };
    List<Future<WorkerReport>> ranks = Ranks.start(2, run.rank(2));
    for (Future<WorkerReport> rank : ranks) {
      assertThatThrownBy(() -> rank.get(60, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class)
          .hasRootCauseInstanceOf(StoppedException.class);
    }
    run.evaluators = MeanLoss::new;
    assertThat(goesOn(2)).isEqualTo(6);
  }

  private List<StopSign> signs(int workers) {
    List<StopSign> signs = IntStream.range(0, workers).mapToObj(rank -> new StopSign()).toList();
    run.stops = signs::get;
    return signs;
  }

  private void stops(int workers, String words) {
    List<Future<WorkerReport>> ranks =
        Ranks.start(
            workers,
            (rank, rendezvous) -> {
              Thread.currentThread().setName("rank-" + rank);
              return run.rank(workers).run(rank, rendezvous);
            });
    assertThat(ranks)
        .allSatisfy(
            rank ->
                assertThatThrownBy(() -> rank.get(60, TimeUnit.SECONDS))
                    .hasRootCauseInstanceOf(StoppedException.class)
                    .hasRootCauseMessage(words));
  }

  /** Runs to the end without a stop; returns the step from which it resumed. */
  private long goesOn(int workers) throws Exception {
    run.networks = TestRun.MOMENTUM;
    run.stops = rank -> new StopSign();
    run.resume = TrainingPlan.Resume.MUST;
    List<WorkerReport> reports = run.run(workers);
    assertThat(reports)
        .extracting(report -> report.model().parametersSha256())
        .containsOnly(undisturbed);
    assertThat(reports.get(0).history().epochLosses()).hasSize(run.epochs);
    return reports.get(0).course().resumedFromStep();
  }

  /** Asks one rank to stop, from within one of its own steps. */
  private static final class AskingNetwork extends LinearNetwork {
    private final long askingStep;
    private final int askedRank;
    private final StopSign sign;
    private long steps;

    AskingNetwork(long askingStep, int askedRank, StopSign sign) {
      super(0.05, Kind.MOMENTUM);
      this.askingStep = askingStep;
      this.askedRank = askedRank;
      this.sign = sign;
    }

    @Override
    public double computeGradient(MiniBatch shard, long randomKey) {
      if (steps == askingStep && Thread.currentThread().getName().endsWith("-" + askedRank)) {
        sign.ask();
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
