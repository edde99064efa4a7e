package io.evenstep.worker.checkpoint;

import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.RawLocalFileSystem;

/**
 * Local disks without Hadoop's second file of checksums: it takes its name in a step of its own,
 * and a writer that dies in between leaves a file that can never be read.
 */
public final class Disks {
  private Disks() {}

  /** The local disk, where a file system is it: Java then does more with it than Hadoop. */
  public static Optional<RawLocalFileSystem> local(FileSystem files) {
    return files instanceof RawLocalFileSystem local && "file".equals(files.getUri().getScheme())
        ? Optional.of(local)
        : Optional.empty();
  }

  /** The disk itself, where a file system is one; any other as it is. */
  public static FileSystem raw(FileSystem files) {
    return files instanceof LocalFileSystem local ? local.getRawFileSystem() : files;
  }
}
