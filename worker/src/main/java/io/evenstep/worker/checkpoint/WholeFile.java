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
 * Writes a file whole or not at all: under another name, which it then leaves for its own; on an
 * object store, by an upload that begins when all of it is on the local disk.
 */
public final class WholeFile {
  /** What the other name ends in. */
  public static final String UNFINISHED = ".unfinished";

  private WholeFile() {}

  /** What a file is to hold. */
  @FunctionalInterface
  public interface Content {
    /** Writes all of it; need not close the stream, but may. */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes a file, in the place of one that may be there; makes its folder.
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
   * Gives a file another's name. The other is there, whole, until this one is: local disks and HDFS
   * do it in one go. A file system that cannot may lose both names where the writer dies right
   * then.
   */
  private static void replace(FileSystem files, Path unfinished, Path target) throws IOException {
    Optional<RawLocalFileSystem> disk = Disks.local(files);
    if (disk.isPresent()) {
      RawLocalFileSystem local = disk.get();
      Path checksums = new Path(target.getParent(), "." + target.getName() + ".crc");
      Files.deleteIfExists(local.pathToFile(checksums).toPath()); // of a file written otherwise
      Files.move(
          local.pathToFile(unfinished).toPath(),
          local.pathToFile(target).toPath(),
          StandardCopyOption.ATOMIC_MOVE);
    } else {
      new Renaming(files).replace(unfinished, target);
    }
  }

  /** Half a file takes room on a disk that may be full. */
  private static void deleteAfter(Exception failure, FileSystem files, Path unfinished) {
    try {
      files.delete(unfinished, false);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  /** Hadoop's rename that takes another's place, which it keeps to its own kind. */
  private static final class Renaming extends FilterFileSystem {
    Renaming(FileSystem files) {
      super(files);
    }

    void replace(Path from, Path to) throws IOException {
      rename(from, to, Options.Rename.OVERWRITE);
    }
  }

  /** A stream to the store that fails half way would be closed, and half an object appear. */
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
   * Makes missing folders, as Hadoop does. On a raw local disk without Hadoop's way to set a
   * permission, which is to start a process for each file.
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
