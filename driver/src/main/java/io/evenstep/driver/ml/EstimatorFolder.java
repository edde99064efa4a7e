package io.evenstep.driver.ml;

import io.evenstep.driver.run.RunFolder;
import io.evenstep.model.ConfigException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/**
 * The folder of a fit's pack, checkpoints and result. It is the value of the Param {@code output}.
 * Without that Param it is a temporary folder, which only workers of a local master can reach.
 *
 * @param output folder of runs
 * @param temporary whether the folder is deleted after the fit
 */
record EstimatorFolder(String output, boolean temporary, Configuration hadoop)
    implements AutoCloseable {
  static EstimatorFolder of(SettingParams settings, String uid, SparkSession spark) {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    String given = settings.given().get("output");
    if (given != null) {
      return new EstimatorFolder(given, false, hadoop);
    }
    if (!spark.sparkContext().isLocal()) {
      throw new ConfigException(
          "output",
          "must be set on a cluster, to a folder that all executors can reach",
          "nothing");
    }
    try {
      String temporary = Files.createTempDirectory(uid + "-").toUri().toString();
      return new EstimatorFolder(temporary, true, hadoop);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot create a temporary folder", e);
    }
  }

  RunFolder run(String id) {
    return RunFolder.of(output, id, hadoop);
  }

  @Override
  public void close() {
    if (temporary) {
      Path folder = new Path(output);
      try {
        folder.getFileSystem(hadoop).delete(folder, true);
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot remove " + folder, e);
      }
    }
  }
}
