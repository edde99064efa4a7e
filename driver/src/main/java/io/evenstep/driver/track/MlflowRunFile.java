package io.evenstep.driver.track;

import io.evenstep.driver.event.RunStart;
import io.evenstep.worker.checkpoint.WholeFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.fs.Path;

/** The id of the MLflow run of a run's folder, stored in {@code mlflow.txt}. */
final class MlflowRunFile {
  static final String NAME = "mlflow.txt";

  private final RunStart start;
  private final Path file;

  MlflowRunFile(RunStart start) {
    this.start = start;
    this.file = new Path(start.folder(), NAME);
  }

  /** The run's id; blank if there is none. */
  String read() throws IOException {
    try (InputStream in = start.files().open(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (FileNotFoundException e) {
      return "";
    }
  }

  void write(String id) throws IOException {
    byte[] line = (id + "\n").getBytes(StandardCharsets.UTF_8);
    WholeFile.write(start.files(), file, out -> out.write(line));
  }
}
