package io.evenstep.worker.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.worker.collective.StepClock.Phase;
import io.evenstep.worker.progress.ProgressEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the driver is told about a run. */
class ReportedStepsTest {
  private static final int WORKERS = 2;

  @TempDir private Path folder;
  private final List<ProgressEvent> heard = Collections.synchronizedList(new ArrayList<>());

  private <E> List<E> heard(Class<E> kind) {
    return heard.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  private List<WorkerReport> train() throws Exception {
    TestRun run = new TestRun(folder);
    run.listener = heard::add;
    run.checkpointSteps = 4;
    return run.run(WORKERS);
  }

  @Test
  void tellsOfEveryStepAndOfAllLosses() throws Exception {
    WorkerReport report = train().get(0);

    List<ProgressEvent.StepDone> reports = heard(ProgressEvent.StepDone.class);
    assertThat(reports.get(0).step()).isEqualTo(1);
    assertThat(reports)
        .as("each epoch's steps, before it is done")
        .extracting(ProgressEvent.StepDone::step)
        .contains(6L, 12L, 18L);
    ProgressEvent.StepDone last = reports.get(reports.size() - 1);
    assertThat(last.step()).isEqualTo(report.course().steps());
    assertThat(reports.stream().flatMap(each -> each.losses().stream()))
        .extracting(ProgressEvent.LossPoint::step)
        .as("steps of the points, one each, since they are few")
        .hasSize(Math.toIntExact(report.course().steps()))
        .isSorted();
  }

  @Test
  void measuresTheStepsItReports() throws Exception {
    train();

    List<ProgressEvent.StepMeasured> measured = heard(ProgressEvent.StepMeasured.class);
    assertThat(measured).isNotEmpty();
    assertThat(measured.get(0).step()).isEqualTo(1);
    assertThat(measured)
        .allSatisfy(
            each -> {
              assertThat(each.gradientNorm()).isPositive();
              assertThat(each.updateRatio()).isPositive();
            });
  }

  @Test
  void tellsWhereTheTimeOfEachRankWent() throws Exception {
    List<WorkerReport> reports = train();

    List<ProgressEvent.RankTimes> times = heard(ProgressEvent.RankTimes.class);
    assertThat(times).extracting(ProgressEvent.RankTimes::rank).contains(0, 1);
    for (int rank = 0; rank < WORKERS; rank++) {
      int of = rank;
      ProgressEvent.RankTimes last =
          times.stream().filter(each -> each.rank() == of).reduce((a, b) -> b).orElseThrow();
      assertThat(last.step()).isEqualTo(reports.get(rank).course().steps());
      assertThat(last.bytesSent()).isPositive();
      assertThat(last.milliseconds()).containsOnlyKeys(Phase.values());
      assertThat(last.milliseconds().get(Phase.COMPUTE))
          .isPositive()
          .isLessThanOrEqualTo(reports.get(rank).timing().clockMillis().get(Phase.COMPUTE));
    }
  }

  @Test
  void tellsOfCheckpoints() throws Exception {
    train();

    assertThat(heard(ProgressEvent.CheckpointSaved.class))
        .extracting(ProgressEvent.CheckpointSaved::step)
        .contains(4L, 6L, 12L, 18L)
        .isSorted();
  }

  @Test
  void measuringLeavesTheBitsAlone() throws Exception {
    TestRun run = new TestRun(folder);
    String silent = run.sha(1);
    run.listener = heard::add;
    assertThat(run.sha(WORKERS)).isEqualTo(silent);
    assertThat(heard(ProgressEvent.StepMeasured.class)).isNotEmpty();
  }
}
