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
        "digits",
        2,
        8,
        30,
        1_234,
        39_000,
        6.81,
        23_400.4,
        1,
        0,
        "abc",
        10,
        10,
        1,
        20,
        20,
        Map.of(),
        metrics,
        "runs/" + runId + "/model.zip",
        false,
        "def",
        "step",
        "ace");
  }
}
