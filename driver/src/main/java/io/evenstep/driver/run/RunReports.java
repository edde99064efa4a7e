package io.evenstep.driver.run;

import io.evenstep.driver.config.JobConfig;
import io.evenstep.driver.config.key.Sync;
import io.evenstep.driver.config.value.ScalarType;
import io.evenstep.driver.data.pack.Pack;
import io.evenstep.model.data.Encoding;
import io.evenstep.worker.collective.StepClock.Phase;
import io.evenstep.worker.cost.SyncChoice;
import io.evenstep.worker.plan.SyncPlan;
import io.evenstep.worker.train.WorkerReport;
import io.evenstep.worker.train.WorkerReport.BytesPerStep;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.apache.hadoop.fs.Path;

/** Builds a run's report from the reports of its workers. */
final class RunReports {
  private RunReports() {}

  static RunReport of(
      JobConfig job,
      String runId,
      Pack pack,
      Encoding encoding,
      String engine,
      Attempts.Result result) {
    List<WorkerReport> workers = result.reports();
    WorkerReport first = workers.get(0);
    Map<String, Double> metrics = metrics(first);
    boolean met = job.gate().map(gate -> gate.isMet(metrics)).orElse(true);
    return new RunReport(
        met ? RunReport.DONE : RunReport.GATE_NOT_MET,
        runId,
        new RunReport.Origin(job.name(), job.sha256(), pack.index().contentSha256(), pack.reused()),
        work(job.training().batches().shards(), result),
        new RunReport.Timing(
            first.timing().trainSeconds(),
            first.timing().examplesPerSecond(),
            stepMilliseconds(workers)),
        traffic(workers),
        metrics,
        new RunReport.TrainedModel(
            RunFolder.shown(new Path(first.model().file())),
            first.model().parametersSha256(),
            engine,
            ScalarType.spelling(job.training().computing().precision()),
            RunReport.Deciding.of(encoding, first.scores().learned())));
  }

  private static RunReport.Work work(int shards, Attempts.Result result) {
    WorkerReport first = result.reports().get(0);
    return new RunReport.Work(
        result.reports().size(),
        first.hosts(),
        shards,
        first.course().epochs(),
        first.course().steps(),
        first.course().examples(),
        result.attempts(),
        result.stepsRedone());
  }

  private static RunReport.Traffic traffic(List<WorkerReport> workers) {
    SyncChoice choice = workers.get(0).bytesPerStep().sync();
    double sent = sum(workers, BytesPerStep::sent);
    double lowerBound = sum(workers, BytesPerStep::lowerBound);
    int hosts = workers.get(0).hosts();
    return new RunReport.Traffic(
        sent / workers.size(),
        lowerBound / workers.size(),
        sent / hosts,
        lowerBound / hosts,
        ScalarType.spelling(choice.plan().wire()),
        choice.figures(),
        spelling(choice.plan()),
        choice.reason());
  }

  private static String spelling(SyncPlan plan) {
    Sync.Choice choice = Sync.Choice.ALL_REDUCE;
    if (plan instanceof SyncPlan.Averaging) {
      choice = Sync.Choice.AVERAGING;
    } else if (plan instanceof SyncPlan.Sharing) {
      choice = Sync.Choice.SHARING;
    }
    return ScalarType.spelling(choice);
  }

  private static double sum(List<WorkerReport> workers, ToDoubleFunction<BytesPerStep> what) {
    return workers.stream().map(WorkerReport::bytesPerStep).mapToDouble(what).sum();
  }

  private static Map<String, Double> metrics(WorkerReport report) {
    Map<String, Double> metrics = new LinkedHashMap<>();
    report.history().lastLoss().ifPresent(loss -> metrics.put("train.loss", loss));
    metrics.putAll(report.scores().validation());
    metrics.putAll(report.scores().test());
    return metrics;
  }

  private static Map<String, Double> stepMilliseconds(List<WorkerReport> workers) {
    Map<String, Double> parts = new LinkedHashMap<>();
    long steps = Math.max(1, workers.get(0).course().stepsOfAttempt());
    for (Phase phase : Phase.values()) {
      double total =
          workers.stream()
              .mapToDouble(worker -> worker.timing().clockMillis().get(phase))
              .average()
              .orElse(0);
      parts.put(phase.name().toLowerCase(Locale.ROOT), total / steps);
    }
    return parts;
  }
}
