package io.evenstep.driver.fold;

import io.evenstep.driver.config.JobConfig;
import io.evenstep.driver.run.RunReport;
import io.evenstep.model.Sha256;
import io.evenstep.model.metric.MetricSpread;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** Builds one report from those of all folds. */
final class FoldReports {
  private FoldReports() {}

  /**
   * The report. Metrics are means; steps, examples and seconds are sums.
   *
   * @param folds at least one
   */
  static RunReport of(JobConfig job, String runId, List<RunReport> folds) {
    RunReport first = folds.get(0);
    Map<String, MetricSpread> spreads = spreads(folds);
    Map<String, Double> means = new LinkedHashMap<>();
    spreads.forEach((name, spread) -> means.put(name, spread.mean()));
    boolean met = job.gate().map(gate -> gate.isMet(means)).orElse(true);
    return new RunReport(
        met ? RunReport.DONE : RunReport.GATE_NOT_MET,
        runId,
        new RunReport.Origin(
            job.name(),
            job.sha256(),
            sha256(folds, fold -> fold.origin().dataSha256()),
            folds.stream().allMatch(fold -> fold.origin().packReused())),
        work(folds),
        new RunReport.Timing(
            sum(folds, fold -> fold.timing().trainSeconds()),
            sum(folds, fold -> fold.timing().examplesPerSecond()) / folds.size(),
            first.timing().stepMilliseconds()),
        first.traffic(),
        means,
        new RunReport.TrainedModel(
            first.model().file(),
            sha256(folds, fold -> fold.model().parametersSha256()),
            first.model().engine(),
            first.model().precision(),
            first.model().deciding(),
            spreads));
  }

  private static RunReport.Work work(List<RunReport> folds) {
    RunReport.Work last = folds.get(folds.size() - 1).work();
    return new RunReport.Work(
        last.workers(),
        last.hosts(),
        last.shards(),
        folds.stream().mapToInt(fold -> fold.work().epochs()).sum(),
        total(folds, fold -> fold.work().steps()),
        total(folds, fold -> fold.work().examples()),
        folds.stream().mapToInt(fold -> fold.work().attempts()).sum(),
        total(folds, fold -> fold.work().stepsRedone()));
  }

  private static Map<String, MetricSpread> spreads(List<RunReport> folds) {
    Map<String, List<Double>> values = new LinkedHashMap<>();
    for (RunReport fold : folds) {
      fold.metrics()
          .forEach(
              (name, value) ->
                  values.computeIfAbsent(name, unknown -> new ArrayList<>()).add(value));
    }
    Map<String, MetricSpread> spreads = new LinkedHashMap<>();
    values.forEach((name, all) -> spreads.put(name, MetricSpread.of(all)));
    return spreads;
  }

  private static double sum(List<RunReport> folds, ToDoubleFunction<RunReport> what) {
    return folds.stream().mapToDouble(what).sum();
  }

  private static long total(List<RunReport> folds, ToLongFunction<RunReport> what) {
    return folds.stream().mapToLong(what).sum();
  }

  private static String sha256(List<RunReport> folds, Function<RunReport, String> digest) {
    return Sha256.of(folds.stream().map(digest).collect(Collectors.joining("\n")));
  }
}
