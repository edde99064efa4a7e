package io.evenstep.driver.event;

import io.evenstep.worker.progress.ProgressEvent;

/**
 * Receives the events of a run. Methods are called by one thread at a time, and never after {@link
 * #close}. They must be quick: slow work belongs on a thread of the listener. An exception of a
 * listener is logged and does not affect the run.
 */
public interface RunListener extends AutoCloseable {
  /** The run starts or resumes: the data are packed and the network is built. */
  default void runBegins(RunStart start) {}

  /** An attempt is about to start its workers. */
  default void attemptBegins(AttemptStart attempt) {}

  /** A worker reports progress. */
  default void progress(ProgressEvent event) {}

  /**
   * An attempt lost a worker.
   *
   * @param number of the attempt, from 1
   */
  default void attemptLost(int number, String reason) {}

  /**
   * The run has finished. Its model is written; {@code result.json} comes next.
   *
   * @throws io.evenstep.model.StorageException when a result file cannot be written. The run has
   *     not ended then, and the same command resumes it
   */
  default void runEnds(RunEnd end) {}

  /**
   * The run failed or was stopped.
   *
   * @param reason as shown to the user
   */
  default void runFails(String reason) {}

  /** No more events follow. */
  @Override
  default void close() {}
}
