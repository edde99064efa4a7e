package io.evenstep.driver.run;

import io.evenstep.driver.config.JobConfig;
import io.evenstep.driver.config.value.ScalarType;
import io.evenstep.driver.data.pack.Pack;
import io.evenstep.model.data.Encoding;
import io.evenstep.model.data.TensorEncoding;
import io.evenstep.model.decision.Decision;
import io.evenstep.worker.collective.StepClock.Phase;
import io.evenstep.worker.cost.ChosenSync;
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
            deciding(encoding, first.scores().learned())));
  }

  private static RunReport.Deciding deciding(Encoding encoding, WorkerReport.Learned learned) {
    Map<String, Decision> outputs = new LinkedHashMap<>();
    for (TensorEncoding output : encoding.outputs()) {
      if (!output.decisions().isEmpty() || !learned.decisions().isEmpty()) {
        outputs.put(output.name(), output.decision());
      }
    }
    return new RunReport.Deciding(outputs, learned.before());
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
    ChosenSync choice = workers.get(0).bytesPerStep().sync();
    double sent = sum(workers, BytesPerStep::sent);
    double lowerBound = sum(workers, BytesPerStep::lowerBound);
    int hosts = workers.get(0).hosts();
    return new RunReport.Traffic(
        sent / workers.size(),
        lowerBound / workers.size(),
        sent / hosts,
        lowerBound / hosts,
        ScalarType.spelling(choice.wire()),
        choice.figures(),
        choice.sync(),
        choice.reason());
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
