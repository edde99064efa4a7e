package io.evenstep.driver.dl4j;

import io.evenstep.model.ConfigException;
import java.io.IOException;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of one fit, on a file system that driver and workers can reach.
 *
 * @param path with scheme
 */
record FitFolder(FileSystem files, Path path) {
  private static final Logger log = LoggerFactory.getLogger(FitFolder.class);

  /**
   * Creates a new folder.
   *
   * @param exportDirectory its parent; empty for {@code evenstep} in Hadoop's temporary folder
   * @throws ConfigException when the parent cannot be written
   */
  static FitFolder create(String exportDirectory, Configuration hadoop) {
    Path parent =
        exportDirectory.isEmpty()
            ? new Path(hadoop.get("hadoop.tmp.dir", "/tmp"), "evenstep")
            : new Path(exportDirectory);
    try {
      FileSystem files = parent.getFileSystem(hadoop);
      Path folder = files.makeQualified(new Path(parent, "fit-" + UUID.randomUUID()));
      if (!files.mkdirs(folder)) {
        throw new IOException("cannot create " + folder);
      }
      return new FitFolder(files, folder);
    } catch (IOException e) {
      throw new ConfigException("exportDirectory", "must be a writable folder", parent, e);
    }
  }

  /** Deletes the folder and its content. A failure is only logged. */
  void remove() {
    try {
      files.delete(path, true);
    } catch (IOException e) {
      log.warn("Cannot remove {}: {}", path, e.getMessage());
    }
  }
}
