package io.evenstep.driver.course;

import io.evenstep.driver.run.RunFolder;
import io.evenstep.driver.run.RunReport;
import java.util.Optional;

/**
 * One job of a course and what became of it.
 *
 * @param name of the job file, without its ending
 * @param about the first sentences of the job file's comment; may be empty
 * @param run folder of the run; empty when the job file could not be read
 * @param report of the finished run; empty when it failed
 * @param failure why it failed; empty when it did not
 * @param seconds that the job took now, pictures included
 */
public record CourseEntry(
    String name,
    String about,
    Optional<RunFolder> run,
    Optional<RunReport> report,
    Optional<RuntimeException> failure,
    double seconds) {
  /** Whether the run finished and met its gate. */
  public boolean isDone() {
    return failure.isEmpty()
        && report.filter(done -> done.status().equals(RunReport.DONE)).isPresent();
  }

  /** {@code done}, {@code gate not met} or {@code failed}. */
  public String status() {
    if (failure.isPresent()) {
      return "failed";
    }
    return isDone() ? "done" : "gate not met";
  }
}
