package io.evenstep.driver.run;

import io.evenstep.driver.control.StopRequest;

/**
 * What is asked of one training run, beyond its job.
 *
 * @param runId name of the run's folder: letters, digits, dots, dashes and underscores
 * @param resume what to do with checkpoints that are there
 * @param stop asks it to end early, at a checkpoint
 */
public record TrainOptions(String runId, Resume resume, StopRequest stop) {
  /** Options of a run that nobody asks to end early. */
  public TrainOptions(String runId, Resume resume) {
    this(runId, resume, new StopRequest());
  }
}
