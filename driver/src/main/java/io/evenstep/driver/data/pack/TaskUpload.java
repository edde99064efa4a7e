package io.evenstep.driver.data.pack;

import io.evenstep.worker.checkpoint.FileFault;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FileUtil;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.JobContext;
import org.apache.hadoop.mapreduce.OutputCommitter;
import org.apache.hadoop.mapreduce.TaskAttemptContext;

/**
 * The files of one task attempt: written to the local disk, and uploaded to the store if the
 * attempt may commit.
 */
final class TaskUpload extends OutputCommitter {
  private final Path output;
  private final java.nio.file.Path local;
  private final List<String> names = new ArrayList<>(); // relative to local and to output
  private final List<String> uploaded = new ArrayList<>();

  TaskUpload(Path output) {
    this.output = output;
    try {
      this.local = Files.createTempDirectory("evenstep-output");
    } catch (IOException e) {
      Path temporary = new Path(System.getProperty("java.io.tmpdir"));
      throw FileFault.of("Cannot make a folder in", temporary, e);
    }
  }

  /**
   * Adds a file.
   *
   * @return its local path to write to
   */
  String add(String name) {
    names.add(name);
    return local(name).toString();
  }

  private Path local(String name) {
    return new Path(local.resolve(name).toUri());
  }

  /** The full paths of the uploaded files. */
  List<String> uploaded() {
    return uploaded;
  }

  @Override
  public void setupJob(JobContext job) {}

  @Override
  public void setupTask(TaskAttemptContext attempt) {}

  @Override
  public boolean needsTaskCommit(TaskAttemptContext attempt) {
    return !names.isEmpty();
  }

  @Override
  public void commitTask(TaskAttemptContext attempt) throws IOException {
    FileSystem store = output.getFileSystem(attempt.getConfiguration());
    for (String name : names) {
      Path target = store.makeQualified(new Path(output, name));
      store.copyFromLocalFile(true, true, local(name), target);
      uploaded.add(target.toString());
    }
  }

  @Override
  public void abortTask(TaskAttemptContext attempt) {
    removeLocal();
  }

  /** Also called after an attempt without rows, which is not asked to commit. */
  void removeLocal() {
    FileUtil.fullyDelete(local.toFile());
  }
}
