package io.evenstep.worker.sync;

import io.evenstep.model.engine.Region;
import io.evenstep.worker.collective.StepLosses;
import java.util.Optional;

/**
 * How the replicas of a run are kept the same. The lead of a host calls it, for all its ranks. A
 * step is {@link #begin}, one {@link #add} for each own shard that has rows, in order, right after
 * its gradient was written to {@link #target}, and {@link #finish}.
 */
public sealed interface SyncStrategy permits ExactSync, AveragingSync {
  /** Begins a step over {@code rows} rows of all workers together. */
  void begin(long step, int rows);

  /**
   * Where the gradient of a rank's next shard is to be written.
   *
   * @param member place of the rank in its host, 0 for the lead; it is the rank's thread that asks
   */
  Region target(int member);

  /**
   * Takes the gradient that was written to {@link #target}.
   *
   * @param loss sum over the shard's rows
   */
  void add(int member, int shard, int rows, double loss);

  /**
   * Ends the step.
   *
   * @return the losses since the replicas were the same last; empty while they differ
   * @throws io.evenstep.model.DivergedException when a loss or the gradient is no finite number
   */
  Optional<StepLosses> finish(long step, int epoch, int rows);

  /** Makes the replicas the same, if they are not; the losses since they were last, if any. */
  Optional<StepLosses> settle(long step);

  /** Tells all ranks to stop once the replicas are the same next; the losses then say so. */
  void askToStop();

  /** Whether the replica now is what every rank has, or can have, after the last step. */
  boolean whole();

  /** Fewest bytes it makes a rank send for a step, on average over ranks and steps. */
  double lowerBoundBytesPerStep();
}
