package io.evenstep.driver.cli.session;

import io.evenstep.driver.config.JobConfig;
import io.evenstep.driver.config.Overrides;
import io.evenstep.model.ConfigException;
import io.evenstep.model.Reason;
import io.evenstep.worker.checkpoint.FileFault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;

/** Reads a job file from the path given on the command line. */
public final class JobFiles {
  private JobFiles() {}

  /**
   * Reads a job file.
   *
   * @param file a path of the local disk, or a URI of any Hadoop file system
   * @throws ConfigException when it cannot be read, or listing every problem in it
   */
  public static JobConfig read(String file, Overrides overrides) {
    if (file.startsWith("file:") || !file.matches("[A-Za-z][A-Za-z0-9+.-]+:.*")) {
      return JobConfig.read(java.nio.file.Path.of(file.replaceFirst("^file:/*", "/")), overrides);
    }
    Path path = new Path(file);
    String folder = String.valueOf(path.getParent());
    return JobConfig.parse(text(path), file, folder, overrides);
  }

  private static String text(Path path) {
    try (FSDataInputStream in = path.getFileSystem(new Configuration()).open(path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException | RuntimeException e) {
      String cannot = "Cannot read job file";
      throw FileFault.in(e)
          .map(fault -> FileFault.of(cannot, path, e))
          .orElseGet(() -> new ConfigException(cannot + " " + path + ": " + Reason.of(e), e));
    }
  }
}
