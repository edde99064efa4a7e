package io.evenstep.worker.train;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a rank brings to its host's crew, and what it takes away. */
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

  /** Its report, once the crew has finished. */
  WorkerReport report() {
    return Objects.requireNonNull(report);
  }
}
