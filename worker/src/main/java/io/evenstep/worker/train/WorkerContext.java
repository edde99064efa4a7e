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
 * @param files file systems that it reads from and writes to
 * @param process its process; ranks of the same process share a replica if possible
 * @param stop asks it to stop before training is done
 * @param meter shows its progress to others
 * @param listener receives progress events: all of rank 0's, and those about lost or slow peers
 *     from any rank
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
