package io.evenstep.worker.train;

import io.evenstep.worker.cost.SyncChoice;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A rank's contribution to its host's crew, and the result that it gets back. */
final class CrewMember {
  private final WorkerContext seat;
  private volatile @Nullable WorkerReport report;
  private volatile @Nullable SyncChoice choice;

  CrewMember(WorkerContext seat) {
    this.seat = seat;
  }

  WorkerContext seat() {
    return seat;
  }

  /** Called when the members will train by themselves, in a way that the lead has chosen. */
  void chosen(SyncChoice way) {
    choice = way;
  }

  /** The way that the lead has chosen, if it has. */
  Optional<SyncChoice> choice() {
    return Optional.ofNullable(choice);
  }

  void finished(WorkerReport own) {
    report = own;
  }

  /** Its report, when the crew has finished. */
  WorkerReport report() {
    return Objects.requireNonNull(report);
  }
}
