package io.evenstep.worker.checkpoint;

import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.RawLocalFileSystem;

/**
 * Local disks without Hadoop's checksum files. A checksum file is renamed in a separate step, so a
 * writer that dies in between leaves a file that can never be read.
 */
public final class Disks {
  private Disks() {}

  /** The local disk, if a file system is local: Java can do more with it than Hadoop. */
  public static Optional<RawLocalFileSystem> local(FileSystem files) {
    return files instanceof RawLocalFileSystem local && "file".equals(files.getUri().getScheme())
        ? Optional.of(local)
        : Optional.empty();
  }

  /** The raw local file system, if a file system is local; otherwise the file system itself. */
  public static FileSystem raw(FileSystem files) {
    return files instanceof LocalFileSystem local ? local.getRawFileSystem() : files;
  }
}
