package io.evenstep.driver.dl4j;

import io.evenstep.worker.WorkerReport;
import java.util.List;
import java.util.Locale;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.deeplearning4j.optimize.listeners.PerformanceListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * DL4J's listeners, told in the driver of what the workers did together: after the epoch, step by
 * step, with each step's loss over all workers.
 */
final class FitListeners {
  private static final Logger log = LoggerFactory.getLogger(FitListeners.class);

  private final List<TrainingListener> listeners;
  private final boolean saysSpeed;

  /** Leaves out those that would measure the time between calls, and would find no batch. */
  FitListeners(List<TrainingListener> listeners) {
    this.listeners = listeners.stream().filter(each -> !measuresTime(each)).toList();
    this.saysSpeed = this.listeners.size() < listeners.size();
    if (saysSpeed) {
      log.warn(
          "Left out PerformanceListener: no iteration is computed in the driver. The speed of each"
              + " fit is logged instead");
    }
  }

  private static boolean measuresTime(TrainingListener listener) {
    return listener instanceof PerformanceListener;
  }

  void epochBegins(Trainee trainee) {
    listeners.forEach(listener -> listener.onEpochStart(trainee.model()));
  }

  /** Also leaves the network's score and count of steps as they are after the last one. */
  void epochEnds(Trainee trainee, WorkerReport report) {
    int first = trainee.iterations();
    for (WorkerReport.StepLoss step : report.stepLosses()) {
      trainee.iterations(first + Math.toIntExact(step.step()) - 1);
      trainee.score(step.mean());
      listeners.forEach(
          each -> each.iterationDone(trainee.model(), trainee.iterations(), trainee.epochs()));
    }
    trainee.iterations(first + Math.toIntExact(report.steps()));
    listeners.forEach(listener -> listener.onEpochEnd(trainee.model()));
    if (saysSpeed) {
      double rows = (double) report.examples() / report.steps(); // [of a step, on average]
      double speed = report.examplesPerSecond();
      log.info("Speed: {} samples/s, {} batches/s", rounded(speed), rounded(speed / rows));
    }
  }

  private static String rounded(double number) {
    return String.format(Locale.ROOT, "%,.1f", number);
  }
}
