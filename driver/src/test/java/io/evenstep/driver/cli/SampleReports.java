package io.evenstep.driver.cli;

import io.evenstep.driver.run.RunReport;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reports for tests. */
final class SampleReports {
  private SampleReports() {}

  static RunReport of(String status, String runId) {
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("test.accuracy", 0.97125);
    metrics.put("test.loss", 0.1);
    return new RunReport(
        status,
        runId,
        new RunReport.Origin("digits", "def", "ace", false),
        new RunReport.Work(2, 1, 8, 30, 1_234, 39_000, 1, 0),
        new RunReport.Timing(6.81, 23_400.4, Map.of()),
        new RunReport.Traffic(10, 10, 20, 20, "float32", Map.of(), "all-reduce", ""),
        metrics,
        new RunReport.TrainedModel(
            "runs/" + runId + "/model.zip", "abc", "step", "float32", RunReport.Deciding.USUAL));
  }
}
