package io.evenstep.driver.cli.look;

import io.evenstep.driver.config.JobConfig;
import io.evenstep.driver.config.Overrides;
import io.evenstep.driver.run.RunFolder;
import io.evenstep.model.ConfigException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Parameters;

/** Options that name the run to read. */
public final class RunOptions {
  @Parameters(paramLabel = "RUN_FOLDER", description = "Folder of a run, such as runs/digits-1.")
  private String folder = "";

  /** The path of the run's folder. */
  public String path() {
    return folder;
  }

  /** The run's folder; it may not exist. */
  public RunFolder open(Configuration hadoop) {
    return RunFolder.at(new Path(folder), hadoop);
  }

  /**
   * The job of the run, with overrides applied.
   *
   * @throws ConfigException when there is no run, or a run of several folds
   */
  public static JobConfig job(RunFolder run, Overrides overrides) {
    JobConfig job = JobConfig.fromJson(json(run), overrides);
    if (job.folds() > 1) {
      throw new ConfigException(
          "RUN_FOLDER",
          "must be the folder of one fold, such as " + RunFolder.shown(run.path("fold-1")),
          run);
    }
    return job;
  }

  /**
   * The text of the run's {@code config.json}.
   *
   * @throws ConfigException when there is no run
   */
  public static String json(RunFolder run) {
    return run.read("config.json")
        .orElseThrow(
            () -> new ConfigException("Cannot find a run in " + run + ": it has no config.json"));
  }
}
