package io.evenstep.driver.cli.look;

import io.evenstep.driver.config.JobConfig;
import io.evenstep.driver.config.Overrides;
import io.evenstep.driver.run.RunFolder;
import io.evenstep.model.ConfigException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Parameters;

/** The run that a command is about. */
public final class RunOptions {
  @Parameters(paramLabel = "RUN_FOLDER", description = "Folder of a run, such as runs/digits-1.")
  private String folder = "";

  /** The folder, which need not be there. */
  public RunFolder open(Configuration hadoop) {
    return RunFolder.at(new Path(folder), hadoop);
  }

  /**
   * The job the run was started with, under overrides of it.
   *
   * @throws ConfigException when there is no run
   */
  public static JobConfig job(RunFolder run, Overrides overrides) {
    return JobConfig.fromJson(json(run), overrides);
  }

  /**
   * The text of the run's {@code config.json}.
   *
   * @throws ConfigException when there is no run
   */
  public static String json(RunFolder run) {
    return run.read("config.json")
        .orElseThrow(
            () ->
                new ConfigException(
                    "Cannot find a run in " + run + ": there is no config.json in it"));
  }
}
