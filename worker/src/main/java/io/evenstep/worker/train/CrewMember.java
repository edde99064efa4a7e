package io.evenstep.worker.train;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a rank brings to its host's crew, and what it takes away. */
final class CrewMember {
  private final Seat seat;
  private volatile @Nullable WorkerReport report;

  CrewMember(Seat seat) {
    this.seat = seat;
  }

  Seat seat() {
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
