package io.evenstep.driver.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.driver.control.Progress;
import io.evenstep.driver.event.AttemptStart;
import io.evenstep.worker.plan.SyncPlan;
import io.evenstep.worker.progress.ProgressEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgressLinesTest {
  private final List<String> said = new ArrayList<>();
  private final List<String> details = new ArrayList<>();
  private final ProgressLines lines =
      new ProgressLines(
          new Progress() {
            @Override
            public void say(String line) {
              said.add(line);
            }

            @Override
            public void begin(String task, long total) {}

            @Override
            public void at(long done, String detail) {
              details.add(done + ": " + detail);
            }

            @Override
            public void end() {}
          });

  @Test
  void linesOfEpochsFormColumns() {
    lines.attemptBegins(new AttemptStart(1, 2, 30, new SyncPlan.AllReduce()));
    epoch(0, 12.5, 0.5, true);
    epoch(9, 0.0312, 0.975, false);

    assertThat(said)
        .containsExactly(
            "Epoch  1: loss 12.5000, validation accuracy 0.5000, validation loss 12.5000, best so"
                + " far",
            "Epoch 10: loss  0.0312, validation accuracy 0.9750, validation loss  0.0312");
  }

  @Test
  void theLineOfAnEpochHasTheMetricsOfEachOutput() {
    Map<String, Double> validation =
        Map.of("validation.side.accuracy", 0.5, "validation.far.r2", 0.25, "validation.loss", 3.0);
    lines.progress(new ProgressEvent.EpochDone(0, 1, 1, validation, false));

    assertThat(said)
        .containsExactly(
            "Epoch 1: loss 1.0000, validation side accuracy 0.5000, validation far r2 0.2500,"
                + " validation loss 3.0000");
  }

  @Test
  void showsTheNewestMetricAndHowFarAnEvaluationIs() {
    lines.attemptBegins(new AttemptStart(1, 2, 3, new SyncPlan.AllReduce()));
    step(20, 0);
    epoch(0, 0.5, 0.75, true);
    step(21, 1);
    lines.progress(new ProgressEvent.Evaluating("test", 30_000, 70_000));

    assertThat(details)
        .containsExactly(
            "20: epoch 1/3, loss 0.2500, 1,000 examples/s",
            "21: epoch 2/3, loss 0.2500, validation accuracy 0.7500, 1,000 examples/s",
            "21: evaluating 30,000 of 70,000 test rows");
  }

  private void step(long step, int epoch) {
    lines.progress(new ProgressEvent.StepDone(step, epoch, step, 0.25, 1_000, List.of()));
  }

  private void epoch(int epoch, double loss, double accuracy, boolean best) {
    Map<String, Double> validation =
        Map.of("validation.accuracy", accuracy, "validation.loss", loss);
    lines.progress(new ProgressEvent.EpochDone(epoch, 10L * epoch, loss, validation, best));
  }
}
