package io.evenstep.worker.train;

import io.evenstep.worker.mesh.Rendezvous;
import io.evenstep.worker.progress.ProgressListener;
import io.evenstep.worker.progress.StopSign;
import io.evenstep.worker.progress.WorkerMeter;
import org.apache.hadoop.fs.FileSystem;

/**
 * The place of one worker in its run.
 *
 * @param rank 0 to below {@code worldSize}
 * @param worldSize how many workers, at least 1
 * @param rendezvous how it meets the others
 * @param files what it reads from and writes to
 * @param process the one it is in: ranks with the same one share a replica where that can be
 * @param stop tells it to stop before training is done
 * @param meter shows others how far it is
 * @param listener hears of progress: all of it from rank 0, and of lost or slow peers from any
 */
public record WorkerContext(
    int rank,
    int worldSize,
    Rendezvous rendezvous,
    Files files,
    WorkerProcess process,
    StopSign stop,
    WorkerMeter meter,
    ProgressListener listener) {

  /**
   * File systems of a run.
   *
   * @param pack of the pack
   * @param output of the run's folder
   */
  public record Files(FileSystem pack, FileSystem output) {}
}
