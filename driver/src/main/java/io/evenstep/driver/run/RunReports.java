package io.evenstep.driver.run;

import io.evenstep.driver.config.JobConfig;
import io.evenstep.driver.data.pack.Pack;
import io.evenstep.worker.collective.StepClock.Phase;
import io.evenstep.worker.train.WorkerReport;
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
      JobConfig job, String runId, Pack pack, String engine, Attempts.Result result) {
    List<WorkerReport> workers = result.reports();
    WorkerReport first = workers.get(0);
    Map<String, Double> metrics = metrics(first);
    boolean met = job.gate().map(gate -> gate.isMet(metrics)).orElse(true);
    return new RunReport(
        met ? RunReport.DONE : RunReport.GATE_NOT_MET,
        runId,
        job.name(),
        workers.size(),
        job.training().shards(),
        first.epochs(),
        first.steps(),
        first.examples(),
        first.trainSeconds(),
        first.examplesPerSecond(),
        result.attempts(),
        result.stepsRedone(),
        first.parametersSha256(),
        sum(workers, WorkerReport::bytesSentPerStep) / workers.size(),
        sum(workers, WorkerReport::bytesLowerBoundPerStep) / workers.size(),
        first.hosts(),
        sum(workers, WorkerReport::bytesSentPerStep) / first.hosts(),
        sum(workers, WorkerReport::bytesLowerBoundPerStep) / first.hosts(),
        stepMilliseconds(workers),
        metrics,
        RunFolder.shown(new Path(first.model())),
        pack.reused(),
        job.sha256(),
        engine,
        pack.index().contentSha256());
  }

  private static double sum(List<WorkerReport> workers, ToDoubleFunction<WorkerReport> what) {
    return workers.stream().mapToDouble(what).sum();
  }

  private static Map<String, Double> metrics(WorkerReport report) {
    Map<String, Double> metrics = new LinkedHashMap<>();
    List<Double> losses = report.epochLosses();
    if (!losses.isEmpty()) {
      metrics.put("train.loss", losses.get(losses.size() - 1));
    }
    metrics.putAll(report.validation());
    metrics.putAll(report.test());
    return metrics;
  }

  private static Map<String, Double> stepMilliseconds(List<WorkerReport> workers) {
    Map<String, Double> parts = new LinkedHashMap<>();
    long steps = Math.max(1, workers.get(0).steps() - workers.get(0).resumedFromStep());
    for (Phase phase : Phase.values()) {
      double total =
          workers.stream()
              .mapToDouble(worker -> worker.clockMillis().get(phase))
              .average()
              .orElse(0);
      parts.put(phase.name().toLowerCase(Locale.ROOT), total / steps);
    }
    return parts;
  }
}
