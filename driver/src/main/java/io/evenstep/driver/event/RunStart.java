package io.evenstep.driver.event;

import io.evenstep.driver.config.JobConfig;
import io.evenstep.driver.data.pack.Pack;
import io.evenstep.model.network.table.LayerFacts;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A run that is about to train.
 *
 * @param runId name of its folder
 * @param job what it was asked to do
 * @param files where its folder lies
 * @param folder takes what listeners write
 * @param pack its rows
 * @param network what is trained
 * @param workers ranks of the first attempt
 * @param goesOn whether it may go on from what an earlier process has left in the folder
 */
public record RunStart(
    String runId,
    JobConfig job,
    FileSystem files,
    Path folder,
    Pack pack,
    NetworkFacts network,
    int workers,
    boolean goesOn) {
  /**
   * The network of a run.
   *
   * @param engine that computes it, and why it is not the fast one
   * @param parameters numbers it learns
   * @param layers in the order in which rows go through them
   */
  public record NetworkFacts(String engine, long parameters, List<LayerFacts> layers) {
    /** Copies the list. */
    public NetworkFacts {
      layers = List.copyOf(layers);
    }
  }
}
