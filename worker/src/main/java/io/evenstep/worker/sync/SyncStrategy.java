package io.evenstep.worker.sync;

import io.evenstep.model.engine.Region;
import io.evenstep.worker.collective.StepLosses;
import java.util.Optional;

/**
 * How the replicas of a run are kept equal. The lead of a host calls it for all the host's ranks. A
 * step is {@link #begin}; for each own shard that has rows, in order, the gradient is written to
 * {@link #target}, then {@link #add}; and finally {@link #finish}.
 */
public sealed interface SyncStrategy permits ExactSync, AveragingSync, SharingSync {
  /** Begins a step over {@code rows} rows, counted over all workers. */
  void begin(long step, int rows);

  /**
   * Where to write the gradient of a rank's next shard. Called by the rank's thread.
   *
   * @param member index of the rank in its host, 0 for the lead
   */
  Region target(int member);

  /**
   * Adds the gradient that was written to {@link #target}.
   *
   * @param loss sum over the shard's rows
   */
  void add(int member, int shard, int rows, double loss);

  /**
   * Ends the step.
   *
   * @return the losses since the replicas were last equal; empty while they differ
   * @throws io.evenstep.model.DivergedException when a loss or the gradient is not finite
   */
  Optional<StepLosses> finish(long step, int epoch, int rows);

  /**
   * Makes the replicas equal if they are not; returns the losses since they were last equal, if
   * any.
   */
  Optional<StepLosses> settle(long step);

  /** Asks all ranks to stop when the replicas are next equal; the losses then say so. */
  void askToStop();

  /** Whether the replica is in the state that every rank has, or can have, after the last step. */
  boolean whole();

  /** Fewest bytes that a rank must send for a step, on average over ranks and steps. */
  double lowerBoundBytesPerStep();
}
