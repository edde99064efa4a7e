package io.evenstep.driver.stage;

import io.evenstep.driver.data.file.RecordJson;
import io.evenstep.worker.train.WorkerReport;
import java.io.Serializable;

/**
 * How one rank's task ended. Our own failures are returned as values; see decision note 1. Plain
 * classes, because not every Spark serializer supports records.
 */
sealed interface RankOutcome extends Serializable {
  /** The rank trained to the end. */
  final class Finished implements RankOutcome {
    private static final long serialVersionUID = 1L;

    private final String report; // JSON

    Finished(WorkerReport report) {
      this.report = RecordJson.of(report);
    }

    WorkerReport report() {
      return RecordJson.read(report, WorkerReport.class);
    }
  }

  /** The rank failed. */
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

    /** The rank. */
    int rank() {
      return rank;
    }

    /** The kind of remedy. */
    Kind kind() {
      return kind;
    }

    /** The message for the user. */
    String message() {
      return message;
    }

    /** Stack trace of a bug; empty for other kinds. */
    String trace() {
      return trace;
    }
  }

  /** Kinds of remedies, ordered by how much they say about the cause. */
  enum Kind {
    /** Fix the data. */
    DATA,
    /** Fix the job. */
    CONFIG,
    /** A disk failed; the run resumes once the disk works. */
    STORAGE,
    /** Training diverged. */
    DIVERGED,
    /** A bug in Evenstep or in a library below it. */
    BUG,
    /** A stop was requested; the run can resume later. */
    STOPPED,
    /** A peer was lost; another attempt may succeed. */
    RANK_LOST
  }
}
