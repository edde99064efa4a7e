package io.evenstep.worker.checkpoint;

import io.evenstep.model.Reason;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checkpoints of one run in one folder. A file gets its name only when it is complete. The
 * newest valid checkpoint counts. One rank writes; all may read.
 */
public final class CheckpointStore {
  private static final Logger log = LoggerFactory.getLogger(CheckpointStore.class);
  private static final Pattern STEP = Pattern.compile("step-\\d{12}\\.ckpt");
  private static final String BEST = "best.ckpt";

  private final FileSystem files;
  private final Path folder;
  private final int keep;

  /**
   * Opens the store in {@code folder}, which need not exist yet.
   *
   * @param keep how many to keep besides the best, at least 1
   */
  public CheckpointStore(FileSystem files, Path folder, int keep) {
    if (keep < 1) {
      throw new IllegalArgumentException("Invalid keep: must be at least 1, got " + keep);
    }
    this.files = Disks.raw(files); // a checkpoint has its own checksum
    this.folder = folder;
    this.keep = keep;
  }

  /**
   * Adds a checkpoint and deletes the oldest above the limit.
   *
   * @throws io.evenstep.model.StorageException when the file system fails; earlier checkpoints are
   *     then unchanged
   */
  public void save(Checkpoint checkpoint) {
    write(checkpoint, name(checkpoint.position().step()));
    List<Path> all = newestFirst();
    for (Path old : all.subList(Math.min(keep, all.size()), all.size())) {
      delete(old);
    }
  }

  /** Replaces the best checkpoint. */
  public void saveBest(Checkpoint checkpoint) {
    write(checkpoint, BEST);
  }

  /**
   * A checkpoint that cannot be used.
   *
   * @param file its file
   * @param reason what is wrong with it
   */
  public record Skipped(Path file, String reason) {
    @Override
    public String toString() {
      return file + ": " + reason;
    }
  }

  /**
   * The newest valid checkpoint.
   *
   * @param skipped receives each newer one that is damaged
   */
  public Optional<Checkpoint> newest(Consumer<Skipped> skipped) {
    return newestFirst().stream()
        .map(file -> read(file, skipped))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** The position in the newest checkpoint whose header can be read; the rest may be damaged. */
  public Optional<Position> newestPosition() {
    return newestFirst().stream().map(this::position).flatMap(Optional::stream).findFirst();
  }

  private Optional<Position> position(Path file) {
    try {
      FileStatus status = files.getFileStatus(file);
      try (FSDataInputStream in = files.open(file)) {
        return Optional.of(CheckpointFormat.readPosition(in, status.getLen()));
      }
    } catch (IOException | RuntimeException e) {
      log.warn("Cannot read the header of {}: {}", file, Reason.of(e));
      return Optional.empty();
    }
  }

  /**
   * The best checkpoint, if it is there and valid.
   *
   * @param skipped receives it when it is damaged
   */
  public Optional<Checkpoint> best(Consumer<Skipped> skipped) {
    return read(bestFile(), skipped);
  }

  /** The file of the best checkpoint, whether or not it exists. */
  public Path bestFile() {
    return new Path(folder, BEST);
  }

  /**
   * The checkpoint taken after a step, if it is there and valid.
   *
   * @param skipped receives it when it is damaged
   */
  public Optional<Checkpoint> after(long step, Consumer<Skipped> skipped) {
    return read(new Path(folder, name(step)), skipped);
  }

  private static String name(long step) {
    return String.format(Locale.ROOT, "step-%012d.ckpt", step);
  }

  /** Removes the temporary files of a writer that died. */
  public void removeUnfinished() {
    list().stream()
        .filter(file -> file.getName().endsWith(WholeFile.UNFINISHED))
        .forEach(this::delete);
  }

  private void write(Checkpoint checkpoint, String name) {
    Path target = new Path(folder, name);
    try {
      files.mkdirs(folder);
      WholeFile.write(files, target, out -> CheckpointFormat.write(checkpoint, out));
    } catch (IOException e) {
      throw FileFault.of("Cannot write checkpoint", target, e);
    }
  }

  private Optional<Checkpoint> read(Path file, Consumer<Skipped> skipped) {
    try {
      FileStatus status = files.getFileStatus(file);
      try (FSDataInputStream in = files.open(file)) {
        return Optional.of(CheckpointFormat.read(in, status.getLen()));
      }
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (IOException | RuntimeException e) {
      skipped.accept(new Skipped(file, Reason.of(e)));
      return Optional.empty();
    }
  }

  private List<Path> newestFirst() {
    return list().stream()
        .filter(file -> STEP.matcher(file.getName()).matches())
        .sorted(Comparator.comparing(Path::getName).reversed())
        .toList();
  }

  private List<Path> list() {
    List<Path> found = new ArrayList<>();
    try {
      for (FileStatus status : files.listStatus(folder)) {
        found.add(status.getPath());
      }
    } catch (FileNotFoundException e) {
      return List.of();
    } catch (IOException e) {
      throw FileFault.of("Cannot list checkpoints in", folder, e);
    }
    return found;
  }

  private void delete(Path file) {
    try {
      files.delete(file, false);
    } catch (IOException e) {
      log.warn("Cannot delete old checkpoint {}: {}", file, e.getMessage());
    }
  }
}
