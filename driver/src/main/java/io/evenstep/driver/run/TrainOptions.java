package io.evenstep.driver.run;

import io.evenstep.driver.control.StopRequest;
import io.evenstep.driver.event.RunListener;

/**
 * What is asked of one training run, beyond its job.
 *
 * @param runId name of the run's folder: letters, digits, dots, dashes and underscores
 * @param resume what to do with checkpoints that are there
 * @param stop asks it to end early, at a checkpoint
 * @param listener hears how it goes, besides those that the job asks for
 */
public record TrainOptions(String runId, Resume resume, StopRequest stop, RunListener listener) {
  /** Options of a run that nobody else listens to. */
  public TrainOptions(String runId, Resume resume, StopRequest stop) {
    this(runId, resume, stop, new RunListener() {});
  }

  /** Options of a run that nobody asks to end early. */
  public TrainOptions(String runId, Resume resume) {
    this(runId, resume, new StopRequest());
  }
}
