package io.evenstep.driver.event;

import io.evenstep.model.metric.RowPicks;
import io.evenstep.worker.evaluation.TestDetail;
import io.evenstep.worker.train.WorkerReport;
import java.util.List;
import java.util.stream.IntStream;

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

  /** Data for plots of the test rows, from all ranks, by output; empty without test rows. */
  public List<TestDetail> testDetails() {
    return IntStream.range(0, first().scores().testDetails().size())
        .mapToObj(this::testDetail)
        .toList();
  }

  private TestDetail testDetail(int output) {
    List<TestDetail> details =
        reports.stream().map(report -> report.scores().testDetails().get(output)).toList();
    return details
        .get(0)
        .with(
            RowPicks.worst(details.stream().map(TestDetail::wrong).toList()),
            RowPicks.sampled(details.stream().map(TestDetail::sample).toList()));
  }
}
