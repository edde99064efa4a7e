package io.evenstep.driver.event;

import io.evenstep.model.metric.RowPicks;
import io.evenstep.worker.evaluation.TestDetail;
import io.evenstep.worker.train.WorkerReport;
import java.util.List;

/**
 * The result of a run.
 *
 * @param resultJson the content of its {@code result.json}
 * @param reports of the last attempt, one per rank
 */
public record RunEnd(String resultJson, List<WorkerReport> reports) {
  /** Copies the list. */
  public RunEnd {
    reports = List.copyOf(reports);
  }

  /** The report of rank 0. */
  public WorkerReport first() {
    return reports.get(0);
  }

  /** Data for plots of the test rows, from all ranks. */
  public TestDetail testDetail() {
    List<TestDetail> details =
        reports.stream().map(report -> report.scores().testDetail()).toList();
    return new TestDetail(
        details.get(0).curves(),
        details.get(0).calibration(),
        RowPicks.worst(details.stream().map(TestDetail::wrong).toList()),
        RowPicks.sampled(details.stream().map(TestDetail::sample).toList()));
  }
}
