package io.evenstep.driver.run;

import io.evenstep.driver.control.Progress;
import io.evenstep.driver.control.StopRequest;
import io.evenstep.driver.control.TemporaryException;
import io.evenstep.driver.lease.Lease;
import io.evenstep.model.ConfigException;
import io.evenstep.worker.checkpoint.FileFault;
import java.io.IOException;
import java.util.Arrays;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder that predictions are written to. It must not exist yet, unless a killed process left
 * it behind. The lease of that process, a hidden file beside the folder, shows this.
 */
final class PredictionFolder implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(PredictionFolder.class);

  /** What Spark, Delta and Iceberg write into it. */
  private static final String WRITTEN = "[._].*|part-.*|data|metadata";

  private final FileSystem files;
  private final Path folder;
  private final Lease lease;
  private boolean finished;

  private PredictionFolder(FileSystem files, Path folder, Lease lease) {
    this.files = files;
    this.folder = folder;
    this.lease = lease;
  }

  /**
   * Checks that nobody else writes the folder and that it does not exist.
   *
   * @throws ConfigException when it exists or cannot be written
   * @throws TemporaryException when another process is writing it
   */
  static PredictionFolder take(
      Path output, Configuration hadoop, StopRequest stop, Progress progress) {
    if (String.valueOf(output.toUri().getScheme()).matches("https?")) {
      throw new ConfigException(
          "--output", "must be on a writable file system; HTTP is read-only", output);
    }
    try {
      FileSystem files = output.getFileSystem(hadoop);
      Path folder = files.makeQualified(output);
      Path file = new Path(folder.getParent(), "." + folder.getName() + ".lease");
      if (files.exists(folder) && !files.exists(file)) {
        throw new ConfigException("--output", "must not exist yet", output);
      }
      String work = "predict to " + RunFolder.shown(folder);
      Lease lease = Lease.take(files, file, work, stop, progress);
      try {
        removeUnfinished(files, folder, lease, progress);
        return new PredictionFolder(files, folder, lease);
      } catch (IOException | RuntimeException e) {
        lease.close();
        throw e;
      }
    } catch (IOException e) {
      throw FileFault.of("Cannot write to", output, e);
    }
  }

  private static void removeUnfinished(
      FileSystem files, Path folder, Lease lease, Progress progress) throws IOException {
    if (!files.exists(folder)) {
      return;
    }
    boolean ours =
        lease.foundStale()
            && Arrays.stream(files.listStatus(folder))
                .allMatch(file -> file.getPath().getName().matches(WRITTEN));
    if (!ours) {
      throw new ConfigException("--output", "must not exist yet", RunFolder.shown(folder));
    }
    progress.say(
        "Removing the incomplete output of a killed predict from " + RunFolder.shown(folder));
    files.delete(folder, true);
  }

  /** Marks the output complete. */
  void finished() {
    finished = true;
  }

  /** Removes the folder unless the output is complete. */
  @Override
  public void close() {
    try {
      if (!finished && lease.isHeld()) {
        files.delete(folder, true);
      }
    } catch (IOException e) {
      log.warn("Cannot remove the incomplete folder {}: {}", folder, e.toString());
    } finally {
      lease.close();
    }
  }
}
