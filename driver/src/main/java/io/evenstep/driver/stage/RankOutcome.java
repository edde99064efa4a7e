package io.evenstep.driver.stage;

import io.evenstep.worker.WorkerReport;
import java.io.Serializable;

/** How one rank's task ended. Failures of ours come back as values; see decision note 1. */
sealed interface RankOutcome extends Serializable {
  /** It trained to the end. */
  record Finished(WorkerReport report) implements RankOutcome {}

  /**
   * It could not go on.
   *
   * @param rank who says so
   * @param kind what would remedy it
   * @param message for the user
   * @param trace stack trace of a bug; empty for other kinds
   */
  record Failed(int rank, Kind kind, String message, String trace) implements RankOutcome {}

  /** What would remedy a failure, the ones that say most about the cause first. */
  enum Kind {
    /** Fix the data. */
    DATA,
    /** Fix the job. */
    CONFIG,
    /** The numbers went wrong. */
    DIVERGED,
    /** A fault in Evenstep or below it. */
    BUG,
    /** It was asked to stop; the run goes on later. */
    STOPPED,
    /** A peer is gone; another attempt may do better. */
    RANK_LOST
  }
}
