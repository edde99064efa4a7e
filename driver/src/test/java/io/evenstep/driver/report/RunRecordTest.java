package io.evenstep.driver.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.driver.event.AttemptStart;
import io.evenstep.worker.plan.SyncPlan;
import io.evenstep.worker.progress.ProgressEvent;
import io.evenstep.worker.progress.ProgressEvent.LossPoint;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunRecordTest {
  private final RunRecord record = new RunRecord(InstantSource.fixed(Instant.EPOCH));

  @Test
  void keepsLossesByStepAndWhatWasMeasured() {
    done(2, new LossPoint(1, 3.0), new LossPoint(2, 2.0));
    record.progress(new ProgressEvent.StepMeasured(2, 0.1, 5, 1e-3, List.of(1e-3, 2e-3)));

    assertThat(record.stepsCsv())
        .isEqualTo(
            """
            step,epoch,seconds,train.loss,train.loss.least,train.loss.most,examplesPerSecond,\
            learningRate,gradientNorm,updateRatio
            1,1,,3,3,3,,,,
            2,1,0,2,2,2,100,0.1,5,0.001
            """);
    assertThat(record.snapshot().course().layers()).containsExactly(new double[] {2, 1e-3, 2e-3});
  }

  @Test
  void historyHasWhatTheStepsOfEachEpochSay() {
    done(2, new LossPoint(1, 3.0), new LossPoint(2, 2.0));
    record.progress(new ProgressEvent.StepMeasured(2, 0.1, 5, 1e-3, List.of()));
    done(3, new LossPoint(3, 1.0));
    record.progress(new ProgressEvent.StepMeasured(3, 0.05, 7, 1e-3, List.of()));
    Map<String, Double> validation = Map.of("validation.loss", 0.5);

    String csv =
        HistoryTable.csv(
            List.of(2.0, 1.0),
            List.of(validation, validation),
            new EpochSteps(record.snapshot().course().steps()));

    assertThat(csv)
        .isEqualTo(
            """
            epoch,train.loss,validation.loss,seconds,learningRate,gradientNorm
            1,2.0,0.5,0,0.05,6
            2,1.0,0.5,,,
            """);
  }

  @Test
  void readsItsTableBackAndIsNotMisledByADamagedOne() {
    done(2, new LossPoint(1, 3.0), new LossPoint(2, 2.5));
    String csv = record.stepsCsv();

    assertThat(StepsTable.csv(StepsTable.read(csv))).isEqualTo(csv);
    assertThat(StepsTable.csv(StepsTable.read(csv + "3,what,is\nx,1,1,1,1,1,1,1,1,1\n")))
        .isEqualTo(csv);
    assertThat(StepsTable.read("").rows()).isEmpty();
  }

  @Test
  void forgetsStepsThatAreDoneAgain() {
    attempt(1);
    done(4, new LossPoint(2, 3), new LossPoint(4, 2));
    epoch(0, 4);
    record.attemptLost(1, "executor 2 is gone");
    attempt(2);
    record.progress(new ProgressEvent.Resumed(3, true));
    done(4, new LossPoint(4, 2.25));

    RunRecord.Snapshot now = record.snapshot();
    assertThat(now.course().steps())
        .extracting(row -> row[StepsTable.STEP])
        .containsExactly(2.0, 4.0);
    assertThat(now.course().steps().get(1)[StepsTable.LOSS]).isEqualTo(2.25);
    assertThat(now.course().epochs()).isEmpty();
    assertThat(now.timeline())
        .extracting(Timeline.Entry::kind)
        .containsExactly(
            Timeline.Kind.ATTEMPT,
            Timeline.Kind.LOST,
            Timeline.Kind.ATTEMPT,
            Timeline.Kind.RESUMED);
  }

  @Test
  void beginsAnewWithARunThatHasNothingToResume() {
    done(4, new LossPoint(4, 2));
    attempt(2);
    done(1, new LossPoint(1, 3));

    assertThat(record.snapshot().course().steps())
        .extracting(row -> row[StepsTable.STEP])
        .containsExactly(1.0);
  }

  @Test
  void staysSmallHoweverLongARunIs() {
    for (int step = 1; step <= 100_000; step++) {
      done(step, new LossPoint(step, 1.0 / step));
      record.progress(new ProgressEvent.StepMeasured(step, 0.1, 1, 1e-3, List.of(1e-3)));
      record.progress(new ProgressEvent.CheckpointSaved(step, 0.01));
    }

    RunRecord.Snapshot now = record.snapshot();
    assertThat(now.course().steps()).hasSizeLessThanOrEqualTo(StepsTable.MOST_ROWS);
    assertThat(now.course().layers()).hasSizeLessThanOrEqualTo(200);
    assertThat(now.timeline()).hasSizeLessThanOrEqualTo(Timeline.MOST_OF_A_KIND);
  }

  private void attempt(int number) {
    record.attemptBegins(new AttemptStart(number, 2, 3, new SyncPlan.AllReduce()));
  }

  private void done(long step, LossPoint... points) {
    double last = points[points.length - 1].loss();
    record.progress(new ProgressEvent.StepDone(step, 0, step, last, 100, List.of(points)));
  }

  private void epoch(int epoch, long step) {
    record.progress(new ProgressEvent.EpochDone(epoch, step, 1, Map.of(), false));
  }
}
