package io.evenstep.driver.run;

import io.evenstep.driver.control.StopRequest;
import io.evenstep.driver.event.RunListener;

/**
 * Options of one training run that are not part of the job.
 *
 * @param runId name of the run's folder: letters, digits, dots, dashes and underscores
 * @param resume what to do with existing checkpoints
 * @param stop requests an early end, at a checkpoint
 * @param listener receives events, in addition to the listeners of the job
 */
public record TrainOptions(String runId, Resume resume, StopRequest stop, RunListener listener) {
  /** Options of a run without an additional listener. */
  public TrainOptions(String runId, Resume resume, StopRequest stop) {
    this(runId, resume, stop, new RunListener() {});
  }

  /** Options of a run that trains to the end. */
  public TrainOptions(String runId, Resume resume) {
    this(runId, resume, new StopRequest());
  }
}
