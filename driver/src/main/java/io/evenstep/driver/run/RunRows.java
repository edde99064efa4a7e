package io.evenstep.driver.run;

import io.evenstep.driver.config.JobConfig;
import io.evenstep.driver.data.pack.Pack;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** The packed rows that a run was trained on, as long as they are kept. */
public final class RunRows {
  private RunRows() {}

  /**
   * The pack, without a look at the data that it was made of; empty when it is not there.
   *
   * @param job the run's
   */
  public static Optional<Pack> pack(RunFolder run, JobConfig job, Configuration hadoop) {
    return RunData.of(run)
        .flatMap(data -> Pack.find(new Path(job.packs()), data.packKey(), hadoop));
  }
}
