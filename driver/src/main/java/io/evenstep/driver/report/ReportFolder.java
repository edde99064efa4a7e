package io.evenstep.driver.report;

import io.evenstep.driver.event.RunStart;
import io.evenstep.worker.checkpoint.FileFault;
import io.evenstep.worker.checkpoint.WholeFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The run's folder, where listeners write their files. */
record ReportFolder(FileSystem files, Path folder) {
  ReportFolder(RunStart start) {
    this(start.files(), start.folder());
  }

  /** The text of a file; empty if it does not exist. */
  Optional<String> read(String name) {
    Path file = new Path(folder, name);
    try (FSDataInputStream in = files.open(file)) {
      return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw FileFault.of("Cannot read", file, e);
    }
  }

  /**
   * Writes a file atomically.
   *
   * @throws io.evenstep.model.StorageException when the file system fails
   */
  void write(String name, String text) {
    Path file = new Path(folder, name);
    try {
      WholeFile.write(files, file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw FileFault.of("Cannot write", file, e);
    }
  }
}
