package io.evenstep.worker.checkpoint;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FilterFileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/**
 * Writes a file completely or not at all: under a temporary name, then renamed; on an object store,
 * by an upload that begins when all of it is on the local disk.
 */
public final class WholeFile {
  /** Suffix of the temporary name. */
  public static final String UNFINISHED = ".unfinished";

  private WholeFile() {}

  /** Writes the content of a file. */
  @FunctionalInterface
  public interface Content {
    /** Writes all of it. May close the stream, but need not. */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes a file, replacing an existing one; creates its folder.
   *
   * @throws IOException when it cannot be written
   */
  public static void write(FileSystem files, Path target, Content content) throws IOException {
    if (ObjectStores.include(files)) {
      upload(files, target, content);
      return;
    }
    FileSystem disk = Disks.raw(files);
    Path unfinished = target.suffix(UNFINISHED);
    try {
      try (OutputStream out = create(disk, unfinished)) {
        content.writeTo(out);
      }
      replace(disk, unfinished, target);
    } catch (IOException | RuntimeException e) {
      deleteAfter(e, disk, unfinished);
      throw e;
    }
  }

  /**
   * Renames a file over another, atomically on local disks and HDFS. On a file system that cannot
   * do so, both names may be lost if the writer dies in between.
   */
  private static void replace(FileSystem files, Path unfinished, Path target) throws IOException {
    Optional<RawLocalFileSystem> disk = Disks.local(files);
    if (disk.isPresent()) {
      RawLocalFileSystem local = disk.get();
      Path checksums = new Path(target.getParent(), "." + target.getName() + ".crc");
      Files.deleteIfExists(
          local.pathToFile(checksums).toPath()); // left by a file written in another way
      Files.move(
          local.pathToFile(unfinished).toPath(),
          local.pathToFile(target).toPath(),
          StandardCopyOption.ATOMIC_MOVE);
    } else {
      new Renaming(files).replace(unfinished, target);
    }
  }

  /** Deletes an incomplete file: it takes space on a disk that may be full. */
  private static void deleteAfter(Exception failure, FileSystem files, Path unfinished) {
    try {
      files.delete(unfinished, false);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  /** Hadoop's rename that overwrites, which is protected in its class. */
  private static final class Renaming extends FilterFileSystem {
    Renaming(FileSystem files) {
      super(files);
    }

    void replace(Path from, Path to) throws IOException {
      rename(from, to, Options.Rename.OVERWRITE);
    }
  }

  /**
   * Writes to the local disk first: a stream to the store that failed half way would be closed, and
   * half an object would appear.
   */
  private static void upload(FileSystem files, Path target, Content content) throws IOException {
    java.nio.file.Path whole = Files.createTempFile("evenstep", UNFINISHED);
    try {
      try (OutputStream out = Files.newOutputStream(whole)) {
        content.writeTo(out);
      }
      files.copyFromLocalFile(false, true, new Path(whole.toUri()), target);
    } finally {
      Files.delete(whole);
    }
  }

  /**
   * Creates missing folders, as Hadoop does. On a local disk it avoids Hadoop's way of setting
   * permissions, which starts a process for each file.
   */
  private static OutputStream create(FileSystem files, Path file) throws IOException {
    Optional<RawLocalFileSystem> disk = Disks.local(files);
    if (disk.isPresent()) {
      java.nio.file.Path path = disk.get().pathToFile(file).toPath();
      Files.createDirectories(path.getParent());
      return Files.newOutputStream(path);
    }
    return files.create(file, true);
  }
}
