package io.evenstep.driver.event;

import io.evenstep.worker.progress.ProgressEvent;

/**
 * Hears how a run goes. Each method is called by one thread at a time, none after {@link #close},
 * and must be quick: work that takes time belongs to a thread of the listener's own. What a
 * listener throws is logged and does no harm.
 */
public interface RunListener extends AutoCloseable {
  /** The run begins, or goes on: data are packed and the network is built. */
  default void runBegins(RunStart start) {}

  /** Workers are about to be started. */
  default void attemptBegins(AttemptStart attempt) {}

  /** A worker tells of its training. */
  default void progress(ProgressEvent event) {}

  /**
   * An attempt has lost a worker.
   *
   * @param number of the attempt, from 1
   */
  default void attemptLost(int number, String reason) {}

  /**
   * The run has come to its end; its model is written, and {@code result.json} will be.
   *
   * @throws io.evenstep.model.StorageException when a file that belongs to the results cannot be
   *     written: the run has not ended then, and the same command goes on with it
   */
  default void runEnds(RunEnd end) {}

  /**
   * The run has ended otherwise.
   *
   * @param reason as the user is told
   */
  default void runFails(String reason) {}

  /** Nothing more will be told. */
  @Override
  default void close() {}
}
