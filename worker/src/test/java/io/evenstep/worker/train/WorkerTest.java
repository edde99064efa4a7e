package io.evenstep.worker.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.evenstep.model.ConfigException;
import io.evenstep.model.engine.Learner;
import io.evenstep.model.engine.Region;
import io.evenstep.worker.plan.Stopping;
import io.evenstep.worker.plan.SyncPlan;
import io.evenstep.worker.progress.ProgressEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkerTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {40, 67, 203, 101, 3})
  void givesTheSameBitsForAnyNumberOfWorkers(int batch) throws Exception {
    TestRun run = new TestRun(folder); // 203 rows: batches of 40 end in 3 rows for 8 shards
    run.batch = batch;
    run.epochs = 2;
    String alone = run.sha(1);
    for (int workers : new int[] {2, 3, 4, 8}) {
      assertThat(run.sha(workers)).as(workers + " workers").isEqualTo(alone);
    }
  }

  @Test
  void reportsTheSameMetricsOnEveryRankAndForAnyNumberOfWorkers() throws Exception {
    TestRun run = new TestRun(folder);
    WorkerReport alone = run.run(1).get(0);
    for (WorkerReport each : run.run(3)) {
      assertThat(each.scores().validation()).isEqualTo(alone.scores().validation());
      assertThat(each.scores().test()).isEqualTo(alone.scores().test());
      assertThat(each.history().epochLosses()).isEqualTo(alone.history().epochLosses());
    }
    assertThat(alone.scores().test()).containsEntry("test.rows", 203.0);
    assertThat(alone.course().steps()).isEqualTo(18);
    assertThat(alone.course().examples()).isEqualTo(609);
    assertThat(alone.history().epochLosses().get(2))
        .isLessThan(alone.history().epochLosses().get(0));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void averagingEveryStepWithSgdEqualsTheJoinedBatch(int workers) throws Exception {
    TestRun run = new TestRun(folder);
    List<Region> parameters = Collections.synchronizedList(new ArrayList<>()); // live
    run.networks =
        () -> {
          Learner network = new LinearNetwork(0.05, LinearNetwork.Kind.PLAIN);
          parameters.add(network.parameters());
          return network;
        };
    run.reproducible = false;
    WorkerReport joined = run.run(workers).get(0);
    run.sync = new SyncPlan.Averaging(1, true);
    List<WorkerReport> averaged = run.run(workers);

    assertThat(parameters).hasSize(2 * workers);
    for (Region each : parameters) {
      assertThat(each.array().sub(parameters.get(0).array()).amaxNumber().doubleValue())
          .isLessThan(1e-6);
    }
    assertThat(averaged)
        .extracting(report -> report.model().parametersSha256())
        .containsOnly(averaged.get(0).model().parametersSha256());
    for (int epoch = 0; epoch < 3; epoch++) {
      assertThat(averaged.get(0).history().epochLosses().get(epoch))
          .isCloseTo(joined.history().epochLosses().get(epoch), within(1e-5));
    }
    assertThat(averaged.get(0).scores().test().get("test.loss"))
        .isCloseTo(joined.scores().test().get("test.loss"), within(1e-5));
  }

  @Test
  void averagesEveryFewStepsAndAtTheEndOfAnEpoch() throws Exception {
    TestRun run = new TestRun(folder);
    run.sync = new SyncPlan.Averaging(4, true); // 6 steps per epoch
    run.checkpointSteps = 1;
    List<WorkerReport> reports = run.run(3);
    assertThat(reports.stream().map(report -> report.model().parametersSha256()).distinct())
        .hasSize(1);
    assertThat(reports.get(0).history().epochLosses())
        .isEqualTo(reports.get(2).history().epochLosses())
        .hasSize(3);
    assertThat(reports.get(0).history().epochLosses().get(2))
        .isLessThan(reports.get(0).history().epochLosses().get(0));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 5, 6, 7, 13})
  void resumesAtAnyStepToTheSameBits(long stopAfter) throws Exception {
    TestRun run = new TestRun(folder);
    String undisturbed = run.sha(2);
    run.output = folder.resolve("interrupted");
    run.checkpointSteps = 1;
    run.networks = () -> failingAt(stopAfter);
    assertThatThrownBy(() -> run.run(2)).isInstanceOf(RuntimeException.class);

    run.networks = () -> new LinearNetwork(0.05, LinearNetwork.Kind.MOMENTUM);
    run.resume = TrainingPlan.Resume.MUST;
    List<WorkerReport> resumed = run.run(3);

    assertThat(resumed.get(0).course().resumedFromStep()).isEqualTo(stopAfter);
    assertThat(resumed.get(0).model().parametersSha256()).isEqualTo(undisturbed);
    assertThat(resumed.get(0).course().examples()).isEqualTo(609);
  }

  @Test
  void refusesToResumeWhatIsNotThere() throws Exception {
    TestRun run = new TestRun(folder);
    run.resume = TrainingPlan.Resume.MUST;
    assertThatThrownBy(() -> run.run(1))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("Cannot resume: there is no valid checkpoint in ");
  }

  @Test
  void stopsEarlyAndKeepsTheBest() throws Exception {
    TestRun run = new TestRun(folder);
    run.epochs = 50;
    run.networks = () -> new LinearNetwork(0.3, LinearNetwork.Kind.MOMENTUM);
    run.stopping = new Stopping("loss", Stopping.Goal.LOWER, 3, 0.01);
    List<WorkerReport> reports = run.run(2);
    WorkerReport report = reports.get(0);
    assertThat(report.course().stoppedEarly()).isTrue();
    assertThat(report.course().epochs()).isLessThan(50).isEqualTo(report.course().bestEpoch() + 4);
    assertThat(reports.get(1).model().parametersSha256())
        .isEqualTo(report.model().parametersSha256());
    assertThat(folder.resolve("run/model.zip")).exists();
    assertThat(folder.resolve("run/model-last.zip")).exists();
  }

  /** Killed after training, before the model was saved. */
  @ParameterizedTest
  @ValueSource(strings = {"it is missing", "it is too short"})
  void endsWithTheLastEpochWhereTheBestOnesCheckpointIsUnusable(String damage) throws Exception {
    TestRun run = stoppingEarly();
    WorkerReport undisturbed = run.run(2).get(0);
    damageBest(damage);
    List<String> said = new ArrayList<>();
    run.resume = TrainingPlan.Resume.AUTO;
    run.listener = event -> said.add(event.toString());

    List<WorkerReport> reports = run.run(2);

    WorkerReport report = reports.get(0);
    assertThat(report.course().bestEpoch()).isEqualTo(report.course().epochs() - 1);
    assertThat(report.model().parametersSha256())
        .isNotEqualTo(undisturbed.model().parametersSha256());
    assertThat(reports.get(1).model().parametersSha256())
        .isEqualTo(report.model().parametersSha256());
    assertThat(said)
        .anyMatch(
            line ->
                line.contains(
                    "best.ckpt, reason="
                        + damage
                        + "; epoch "
                        + (undisturbed.course().bestEpoch() + 1)
                        + " was the best so far, the last epoch's parameters are kept instead"));
  }

  /** Killed during later epochs. */
  @Test
  void judgesLaterEpochsAnewWhereTheBestOnesCheckpointIsUnusable() throws Exception {
    TestRun run = stoppingEarly();
    WorkerReport undisturbed = run.run(2).get(0);
    Files.delete(checkpoint(undisturbed.course().epochs()));
    damageBest("it is missing");
    List<String> said = new ArrayList<>();
    run.resume = TrainingPlan.Resume.AUTO;
    run.listener = event -> said.add(event.toString());

    List<WorkerReport> reports = run.run(2);

    assertThat(reports.get(0).course().bestEpoch()).isGreaterThan(undisturbed.course().bestEpoch());
    assertThat(reports.get(1).model().parametersSha256())
        .isEqualTo(reports.get(0).model().parametersSha256());
    assertThat(said)
        .anyMatch(line -> line.contains("the best of the remaining epochs will be kept instead"));
  }

  @Test
  void takesTheBestEpochFromAnotherCheckpointOfItsStep() throws Exception {
    TestRun run = stoppingEarly();
    WorkerReport undisturbed = run.run(2).get(0);
    Path best = folder.resolve("run/checkpoints/best.ckpt");
    Files.move(best, checkpoint(undisturbed.course().bestEpoch() + 1));
    run.resume = TrainingPlan.Resume.AUTO;

    assertThat(run.sha(2)).isEqualTo(undisturbed.model().parametersSha256());
  }

  private TestRun stoppingEarly() throws Exception {
    TestRun run = new TestRun(folder);
    run.epochs = 50;
    run.networks = () -> new LinearNetwork(0.3, LinearNetwork.Kind.MOMENTUM);
    run.stopping = new Stopping("loss", Stopping.Goal.LOWER, 3, 0.01);
    return run;
  }

  private void damageBest(String how) throws IOException {
    Path best = folder.resolve("run/checkpoints/best.ckpt");
    if (how.equals("it is missing")) {
      Files.delete(best);
    } else {
      Files.write(best, new byte[3]);
    }
  }

  private Path checkpoint(int epochs) throws Exception {
    long step = epochs * new TestRun(folder).plan().shardPlan(1).stepsPerEpoch();
    return folder.resolve(String.format(Locale.ROOT, "run/checkpoints/step-%012d.ckpt", step));
  }

  @Test
  void leavesNoThreadAndNoUnfinishedFile() throws Exception {
    TestRun run = new TestRun(folder);
    run.checkpointSteps = 2;
    run.run(3);
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .noneMatch(name -> name.startsWith("evenstep-"));
    try (Stream<Path> files = Files.walk(folder.resolve("run"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "run",
              "checkpoints",
              "step-000000000016.ckpt",
              "step-000000000018.ckpt",
              "best.ckpt",
              "model.zip");
    }
  }

  @Test
  void sendsNoMoreThanAnAllReduceMust() throws Exception {
    TestRun run = new TestRun(folder);
    run.networks = () -> new LinearNetwork(0.05, LinearNetwork.Kind.WIDE);
    run.shards = 4;
    run.epochs = 1;
    for (WorkerReport report : run.run(2)) {
      assertThat(report.bytesPerStep().lowerBound()).isEqualTo(4.0 * LinearNetwork.WIDE_LENGTH);
      assertThat(report.bytesPerStep().sent())
          .isBetween(
              report.bytesPerStep().lowerBound() * 0.8, report.bytesPerStep().lowerBound() * 1.02);
    }
  }

  @Test
  void aThrowingListenerDoesNoHarm() throws Exception {
    TestRun run = new TestRun(folder);
    List<ProgressEvent> heard = new ArrayList<>();
    run.listener =
        event -> {
          heard.add(event);
          throw new IllegalStateException("listener");
        };
    assertThat(run.run(2).get(0).course().steps()).isEqualTo(18);
    assertThat(heard).hasAtLeastOneElementOfType(ProgressEvent.EpochDone.class);
  }

  private static Learner failingAt(long stop) {
    return new LinearNetwork(0.05, LinearNetwork.Kind.MOMENTUM) {
      @Override
      public void step(long step, int epoch, int rows) {
        if (step == stop) {
          throw new IllegalStateException("failing at step " + step);
        }
        super.step(step, epoch, rows);
      }
    };
  }
}
