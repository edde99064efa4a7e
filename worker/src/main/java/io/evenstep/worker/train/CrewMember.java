package io.evenstep.worker.train;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A rank's contribution to its host's crew, and the result that it gets back. */
final class CrewMember {
  private final WorkerContext seat;
  private volatile @Nullable WorkerReport report;

  CrewMember(WorkerContext seat) {
    this.seat = seat;
  }

  WorkerContext seat() {
    return seat;
  }

  void finished(WorkerReport own) {
    report = own;
  }

  /** Its report, when the crew has finished. */
  WorkerReport report() {
    return Objects.requireNonNull(report);
  }
}
