package io.evenstep.driver.data.pack;

import io.evenstep.worker.checkpoint.FileFault;
import io.evenstep.worker.checkpoint.ObjectStores;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.mapreduce.JobContext;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.hadoop.mapreduce.TaskID;
import org.apache.spark.internal.io.FileCommitProtocol;
import org.apache.spark.mapred.SparkHadoopMapRedUtil;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import scala.Option;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * Commits Spark's output to an object store without renaming. A task writes to its local disk. The
 * one attempt that the driver allows to commit uploads its files under names that are the same for
 * every attempt of the task. So each name has the complete rows of one attempt. The folder is
 * complete when {@code _SUCCESS} exists. A failed write deletes its uploads.
 */
public final class UploadCommit extends FileCommitProtocol implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final String SETTING = "spark.sql.sources.commitProtocolClass";

  private final String jobId; // part of each file's name
  private final String output;
  private transient @Nullable TaskUpload upload; // of this copy's task attempt

  /** Called by Spark. */
  public UploadCommit(String jobId, String output) {
    this.jobId = jobId;
    this.output = output;
  }

  /**
   * Sets this commit protocol in a session if the output folder is on an object store and no other
   * protocol is set.
   */
  public static void useFor(Path output, SparkSession session) {
    try {
      FileSystem store = output.getFileSystem(session.sessionState().newHadoopConf());
      if (ObjectStores.include(store) && !session.conf().getAll().contains(SETTING)) {
        session.conf().set(SETTING, UploadCommit.class.getName());
      }
    } catch (IOException e) {
      throw FileFault.of("Cannot reach", output, e);
    }
  }

  @Override
  public void setupJob(JobContext job) {
    try {
      store(job).mkdirs(new Path(output));
    } catch (IOException e) {
      throw FileFault.of("Cannot make", new Path(output), e);
    }
  }

  @Override
  public void setupTask(TaskAttemptContext attempt) {
    upload = new TaskUpload(new Path(output));
  }

  @Override
  public String newTaskTempFile(TaskAttemptContext attempt, Option<String> dir, String ext) {
    int task = attempt.getTaskAttemptID().getTaskID().getId();
    String name = String.format(Locale.ROOT, "part-%05d-%s%s", task, jobId, ext);
    return upload().add(dir.isEmpty() ? name : dir.get() + "/" + name);
  }

  @Override
  public String newTaskTempFileAbsPath(TaskAttemptContext attempt, String dir, String ext) {
    throw new UnsupportedOperationException("Cannot write to " + dir + ": must be in " + output);
  }

  /** The message has the full paths of the files. */
  @Override
  public TaskCommitMessage commitTask(TaskAttemptContext attempt) {
    TaskID task = attempt.getTaskAttemptID().getTaskID();
    SparkHadoopMapRedUtil.commitTask(upload(), attempt, task.getJobID().getId(), task.getId());
    upload().removeLocal();
    return new TaskCommitMessage(new ArrayList<>(upload().uploaded()));
  }

  @Override
  public void abortTask(TaskAttemptContext attempt) {
    upload().abortTask(attempt);
  }

  /** Deletes the uploads of an attempt that died, if the next attempt wrote different files. */
  @Override
  public void commitJob(JobContext job, Seq<TaskCommitMessage> tasks) {
    Set<String> missing = new HashSet<>();
    for (TaskCommitMessage task : JavaConverters.asJavaCollection(tasks)) {
      ((List<?>) task.obj()).forEach(file -> missing.add((String) file));
    }
    try {
      FileSystem store = store(job);
      for (Path file : written(store)) {
        if (!missing.remove(file.toString())) {
          store.delete(file, false);
        }
      }
      if (!missing.isEmpty()) {
        throw new IOException("these files were uploaded but do not exist: " + missing);
      }
      store.create(new Path(output, "_SUCCESS"), true).close();
    } catch (IOException e) {
      throw FileFault.of("Cannot finish", new Path(output), e);
    }
  }

  @Override
  public void abortJob(JobContext job) {
    Path folder = new Path(output);
    try {
      FileSystem store = store(job);
      for (Path file : written(store)) {
        store.delete(file, false);
      }
      if (store.listStatus(folder).length == 0) {
        store.delete(folder, false);
      }
    } catch (IOException e) {
      log()
          .warn(
              "Cannot remove the incomplete output in {}",
              output,
              e); // the original failure is thrown
    }
  }

  private List<Path> written(FileSystem store) throws IOException {
    List<Path> files = new ArrayList<>();
    RemoteIterator<LocatedFileStatus> all = store.listFiles(new Path(output), true);
    while (all.hasNext()) {
      Path file = all.next().getPath();
      if (file.getName().contains(jobId)) {
        files.add(file);
      }
    }
    return files;
  }

  private FileSystem store(JobContext job) throws IOException {
    return new Path(output).getFileSystem(job.getConfiguration());
  }

  private TaskUpload upload() {
    if (upload == null) {
      throw new IllegalStateException("the task was not set up");
    }
    return upload;
  }
}
