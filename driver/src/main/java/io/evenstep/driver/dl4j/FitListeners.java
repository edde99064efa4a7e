package io.evenstep.driver.dl4j;

import io.evenstep.model.ConfigException;
import io.evenstep.worker.train.WorkerReport;
import io.evenstep.worker.train.WorkerReport.StepLoss;
import java.util.List;
import java.util.Locale;
import org.deeplearning4j.core.storage.StatsStorageRouter;
import org.deeplearning4j.core.storage.listener.RoutingIterationListener;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.deeplearning4j.optimize.listeners.PerformanceListener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls DL4J's listeners in the driver after the epoch, once per step, with the step's loss over
 * all workers.
 */
final class FitListeners {
  private static final Logger log = LoggerFactory.getLogger(FitListeners.class);

  private final List<TrainingListener> listeners;
  private final boolean saysSpeed;

  /**
   * Skips listeners that measure the time between calls.
   *
   * @param router for listeners that need a router and have none
   * @throws ConfigException naming a listener that does not work in the driver
   */
  FitListeners(List<TrainingListener> listeners, @Nullable StatsStorageRouter router) {
    listeners.forEach(listener -> prepare(listener, router));
    this.listeners = listeners.stream().filter(each -> !measuresTime(each)).toList();
    this.saysSpeed = this.listeners.size() < listeners.size();
    if (saysSpeed) {
      log.warn(
          "Skipped PerformanceListener: the driver computes no iterations. The speed of each fit is"
              + " logged instead");
    }
  }

  private static void prepare(TrainingListener listener, @Nullable StatsStorageRouter router) {
    if (readsGradients(listener.getClass())) {
      throw new ConfigException(
          "Cannot call "
              + listener.getClass().getSimpleName()
              + ": it reads every batch and its gradient, which the driver does not have; use"
              + " ScoreIterationListener or CollectScoresIterationListenerinstead, and"
              + " setCollectTrainingStats(true) for times");
    }
    if (listener instanceof RoutingIterationListener routing
        && routing.getStorageRouter() == null) {
      if (router == null) {
        throw new ConfigException(
            "Cannot call "
                + listener.getClass().getSimpleName()
                + ": it has no StatsStorageRouter; use setListeners(router, listeners)");
      }
      routing.setStorageRouter(router);
    }
  }

  /** DL4J's listeners for its training UI. Their classes may be missing. */
  private static boolean readsGradients(Class<?> listener) {
    for (Class<?> each = listener; each != null; each = each.getSuperclass()) {
      if (each.getName().equals("org.deeplearning4j.ui.model.stats.BaseStatsListener")) {
        return true;
      }
    }
    return false;
  }

  private static boolean measuresTime(TrainingListener listener) {
    return listener instanceof PerformanceListener;
  }

  void epochBegins(Trainee trainee) {
    listeners.forEach(listener -> listener.onEpochStart(trainee.model()));
  }

  /**
   * Also sets the network's score and iteration count to those after the last step, whatever
   * listeners do.
   *
   * @param everySteps number of steps that each loss covers; listeners get the first of them
   */
  void epochEnds(Trainee trainee, WorkerReport report, int everySteps) {
    int first = trainee.iterations();
    try {
      for (StepLoss step : report.history().stepLosses()) {
        long begun = (step.step() - 1) / everySteps * everySteps;
        trainee.iterations(first + Math.toIntExact(begun));
        trainee.score(step.mean());
        listeners.forEach(
            each -> each.iterationDone(trainee.model(), trainee.iterations(), trainee.epochs()));
      }
    } finally {
      trainee.iterations(first + Math.toIntExact(report.course().steps()));
      report.history().stepLosses().stream()
          .reduce((one, next) -> next)
          .map(StepLoss::mean)
          .ifPresent(trainee::score);
    }
    listeners.forEach(listener -> listener.onEpochEnd(trainee.model()));
    if (saysSpeed) {
      saySpeed(report);
    }
  }

  private static void saySpeed(WorkerReport report) {
    double rows =
        (double) report.course().examples() / report.course().steps(); // of a step, on average
    double speed = report.timing().examplesPerSecond();
    log.info("Speed: {} samples/s, {} batches/s", rounded(speed), rounded(speed / rows));
  }

  private static String rounded(double number) {
    return String.format(Locale.ROOT, "%,.1f", number);
  }
}
