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
 * @param job its settings
 * @param files the run's folder
 * @param folder where listeners write
 * @param pack its rows
 * @param network what is trained
 * @param workers ranks of the first attempt
 * @param goesOn whether it may resume from what an earlier process left in the folder
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
   * @param engine that computes it and, if it is not the fast one, the reason
   * @param parameters number of trainable numbers
   * @param layers in the order of the forward pass
   */
  public record NetworkFacts(String engine, long parameters, List<LayerFacts> layers) {
    /** Copies the list. */
    public NetworkFacts {
      layers = List.copyOf(layers);
    }
  }
}
