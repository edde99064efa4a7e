package io.evenstep.driver.stage;

import io.evenstep.driver.data.file.RecordJson;
import io.evenstep.worker.train.WorkerReport;
import java.io.Serializable;

/**
 * How one rank's task ended. Failures of ours come back as values; see decision note 1. Plain
 * classes, since not every serializer of Spark can take records.
 */
sealed interface RankOutcome extends Serializable {
  /** It trained to the end. */
  final class Finished implements RankOutcome {
    private static final long serialVersionUID = 1L;

    private final String report; // [JSON]

    Finished(WorkerReport report) {
      this.report = RecordJson.of(report);
    }

    WorkerReport report() {
      return RecordJson.read(report, WorkerReport.class);
    }
  }

  /** It could not go on. */
  final class Failed implements RankOutcome {
    private static final long serialVersionUID = 1L;

    private final int rank;
    private final Kind kind;
    private final String message;
    private final String trace;

    Failed(int rank, Kind kind, String message, String trace) {
      this.rank = rank;
      this.kind = kind;
      this.message = message;
      this.trace = trace;
    }

    /** Who says so. */
    int rank() {
      return rank;
    }

    /** What would remedy it. */
    Kind kind() {
      return kind;
    }

    /** For the user. */
    String message() {
      return message;
    }

    /** Stack trace of a bug; empty for other kinds. */
    String trace() {
      return trace;
    }
  }

  /** What would remedy a failure, the ones that say most about the cause first. */
  enum Kind {
    /** Fix the data. */
    DATA,
    /** Fix the job. */
    CONFIG,
    /** A disk failed; the run goes on once it works. */
    STORAGE,
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
