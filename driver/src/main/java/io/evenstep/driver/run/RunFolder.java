package io.evenstep.driver.run;

import io.evenstep.driver.config.JobConfig;
import io.evenstep.driver.data.pack.Pack;
import io.evenstep.driver.track.TensorBoard;
import io.evenstep.model.ConfigException;
import io.evenstep.worker.checkpoint.Disks;
import io.evenstep.worker.checkpoint.FileFault;
import io.evenstep.worker.checkpoint.WholeFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The folder of one run, on any Hadoop file system.
 *
 * <pre>
 *   config.json     the resolved settings of the run, and their SHA-256
 *   encoding.json   how a source row becomes the network's input; also in model.zip
 *   rows.json       fingerprints of the rows the run started with
 *   checkpoints/    what a resumed run starts from
 *   model.zip       the trained network, as DL4J saves it
 *   model-last.zip  the network after the last epoch, when early stopping chose an earlier one
 *   history.csv     training loss and validation metrics of each epoch
 *   steps.csv       loss, learning rate, gradient norm and speed by step
 *   tensorboard/    scalars for TensorBoard
 *   plots/          figures as PNG and SVG, once plot has drawn them
 *   report.html     a page for the browser, refreshed during the run
 *   confusion.csv   test rows by actual and predicted class, when there are classes
 *   attack.csv      accuracy on attacked test rows, once attack has measured it
 *   fold-N/         the run of each fold, where training.folds is above 1
 *   result.json     written last: its presence means that the run has finished
 * </pre>
 */
public final class RunFolder {
  /** What {@code plot} draws. */
  public static final String PLOTS = "plots";

  private static final String CHECKPOINTS = "checkpoints";
  private static final List<String> FOLDERS = List.of(CHECKPOINTS, TensorBoard.FOLDER, PLOTS);
  private static final List<String> RESULTS =
      List.of(
          "result.json",
          "model.zip",
          "model-last.zip",
          "history.csv",
          "steps.csv",
          "confusion.csv",
          "attack.csv",
          "report.html");
  private static final List<String> FILES =
      Stream.concat(Stream.of("config.json", "encoding.json", RunData.FILE), RESULTS.stream())
          .toList();

  private final FileSystem files;
  private final Path folder;

  private RunFolder(FileSystem files, Path folder) {
    this.files = files;
    this.folder = folder;
  }

  /**
   * The folder of a run. It need not exist yet.
   *
   * @throws ConfigException when the output's file system cannot be reached
   */
  public static RunFolder of(String output, String runId, Configuration hadoop) {
    return at(new Path(new Path(output), runId), hadoop);
  }

  /** Opens a run's folder by its path. */
  public static RunFolder at(Path folder, Configuration hadoop) {
    if (String.valueOf(folder.toUri().getScheme()).matches("https?")) {
      throw new ConfigException(
          "output", "must be on a writable file system; HTTP is read-only", folder);
    }
    try {
      FileSystem files = Disks.raw(folder.getFileSystem(hadoop));
      return new RunFolder(files, files.makeQualified(folder));
    } catch (IOException | RuntimeException e) {
      throw FileFault.of("Cannot reach", folder, e);
    }
  }

  /**
   * Checks that the folder can be created and written. Leaves nothing behind.
   *
   * @throws ConfigException when it cannot, or when a file stands in place of a folder or the
   *     reverse
   * @throws io.evenstep.model.StorageException when the disk is full or currently fails
   */
  public void requireWritable() {
    Path probe = path(".writable");
    try {
      List<Path> made = missing();
      files.mkdirs(folder);
      files.create(probe, true).close();
      files.delete(probe, false);
      for (Path one : made) {
        files.delete(one, false);
      }
    } catch (IOException e) {
      throw FileFault.in(e)
          .filter(fault -> fault != FileFault.FORBIDDEN)
          .map(fault -> FileFault.of("Cannot write to", folder, e))
          .orElseGet(
              () ->
                  new ConfigException(
                      "output", "must be a folder that can be written to", this, e));
    }
    requireShape();
  }

  /** The folder and its parents that do not exist, innermost first. */
  private List<Path> missing() throws IOException {
    List<Path> missing = new ArrayList<>();
    for (Path one = folder; one != null && !files.exists(one); one = one.getParent()) {
      missing.add(one);
    }
    return missing;
  }

  /** A file in place of a folder, or the reverse, would make every attempt fail late. */
  private void requireShape() {
    for (FileStatus inside : list(folder)) {
      String name = inside.getPath().getName();
      boolean mustBeFolder = FOLDERS.contains(name);
      if ((mustBeFolder || FILES.contains(name)) && inside.isDirectory() != mustBeFolder) {
        throw new ConfigException(
            "Cannot use "
                + shown(inside.getPath())
                + ": must be a "
                + (mustBeFolder ? "folder, but it is a file" : "file, but it is a folder")
                + "; remove it, or choose another --run-id");
      }
    }
  }

  private List<FileStatus> list(Path inside) {
    try {
      return List.of(files.listStatus(inside));
    } catch (FileNotFoundException e) {
      return List.of();
    } catch (IOException e) {
      throw FileFault.of("Cannot list", inside, e);
    }
  }

  /** Deletes the folder of a run that never started. */
  void deleteIfEmpty() {
    try {
      if (files.exists(folder) && files.listStatus(folder).length == 0) {
        files.delete(folder, false);
      }
    } catch (IOException e) {
      throw FileFault.of("Cannot delete", folder, e);
    }
  }

  /**
   * Checks that the folder is empty or belongs to this job, so that the files of two jobs are never
   * mixed.
   *
   * @throws ConfigException when it belongs to another job
   */
  public void requireOf(JobConfig job) {
    if (isOfAnother(job)) {
      throw new ConfigException(
          "--run-id",
          "must not belong to another job: " + this + " was trained with other settings",
          folder.getName());
    }
  }

  /** Whether it belongs to another job than this one. */
  public boolean isOfAnother(JobConfig job) {
    return read("config.json").filter(saved -> !job.isSavedAs(saved)).isPresent();
  }

  /** The digest of the configuration with which the run began; its checkpoints carry it. */
  String identity(JobConfig job) {
    return read("config.json").map(JobConfig::sha256Of).orElseGet(job::sha256);
  }

  /** Whether there is anything to resume from. */
  boolean hasCheckpoints() {
    return !checkpoints().isEmpty();
  }

  /** Names of the checkpoints, oldest first; only reading one shows whether it is intact. */
  List<String> checkpoints() {
    return list(path(CHECKPOINTS)).stream()
        .map(file -> file.getPath().getName())
        .filter(name -> name.matches("step-.*\\.ckpt"))
        .sorted()
        .toList();
  }

  /** Deletes what an earlier run of the same job left, so that nothing resumes from it. */
  public void clear() {
    RESULTS.forEach(this::delete);
    FOLDERS.forEach(this::delete);
  }

  /** Deletes a file, or a folder with its content, inside this one, if it is there. */
  public void delete(String name) {
    try {
      files.delete(path(name), true);
    } catch (IOException e) {
      throw FileFault.of("Cannot delete", path(name), e);
    }
  }

  /** The folder itself. */
  public Path folder() {
    return folder;
  }

  /** A file or folder inside this one. */
  public Path path(String name) {
    return new Path(folder, name);
  }

  /** The file that names the process working on the run. */
  Path lease() {
    return path("lease.json");
  }

  /** What the holder of the lease is doing, for messages. */
  String work() {
    return "train run " + folder.getName();
  }

  /** The file system the folder lies on. */
  public FileSystem files() {
    return files;
  }

  /** The report of a finished run; empty when there is none yet. */
  public Optional<RunReport> report() {
    return read("result.json").map(RunReport::fromJson);
  }

  /**
   * The packed rows it was trained on, without a look at the data that they were made of; empty
   * when they are not there.
   *
   * @param job the run's
   */
  public Optional<Pack> pack(JobConfig job, Configuration hadoop) {
    return RunData.of(this)
        .flatMap(data -> Pack.find(new Path(job.packs()), data.packKey(), hadoop));
  }

  /** The text of a file inside this folder; empty when there is none. */
  public Optional<String> read(String name) {
    try (FSDataInputStream in = files.open(path(name))) {
      return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw FileFault.of("Cannot read", path(name), e);
    }
  }

  /** Writes or replaces a text file atomically. */
  public void write(String name, String text) {
    write(name, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Writes or replaces a file atomically. */
  void write(String name, WholeFile.Content content) {
    try {
      WholeFile.write(files, path(name), content);
    } catch (IOException e) {
      throw FileFault.of("Cannot write", path(name), e);
    }
  }

  @Override
  public String toString() {
    return shown(folder);
  }

  /** A path as a user writes it: without the scheme when it is local. */
  public static String shown(Path path) {
    return "file".equals(path.toUri().getScheme()) ? path.toUri().getPath() : path.toString();
  }
}
