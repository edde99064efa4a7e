package io.evenstep.driver.report;

import io.evenstep.driver.event.RunEnd;
import io.evenstep.driver.event.RunListener;
import io.evenstep.driver.event.RunStart;
import java.util.Optional;

/**
 * Writes the history of a training as CSV when it ends: {@code history.csv} by epoch, {@code
 * steps.csv} by step. A failed run leaves its steps for the run that resumes it.
 */
public final class HistoryFiles implements RunListener {
  static final String EPOCHS = "history.csv";
  static final String STEPS = "steps.csv";

  private final RunRecord record;
  private Optional<ReportFolder> folder = Optional.empty();

  /** Writes the content of {@code record}, which must receive each event before this listener. */
  public HistoryFiles(RunRecord record) {
    this.record = record;
  }

  @Override
  public void runBegins(RunStart start) {
    folder = Optional.of(new ReportFolder(start));
  }

  @Override
  public void runEnds(RunEnd end) {
    String epochs =
        HistoryTable.csv(
            end.first().history().epochLosses(),
            end.first().history().epochValidations(),
            new EpochSteps(record.snapshot().course().steps()));
    folder.ifPresent(to -> to.write(EPOCHS, epochs));
    folder.ifPresent(to -> to.write(STEPS, record.stepsCsv()));
  }

  @Override
  public void runFails(String reason) {
    folder.ifPresent(to -> to.write(STEPS, record.stepsCsv()));
  }
}
