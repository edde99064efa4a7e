package io.evenstep.worker.checkpoint;

import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;

/**
 * Local disks without Hadoop's second file of checksums: it takes its name in a step of its own,
 * and a writer that dies in between leaves a file that can never be read.
 */
public final class Disks {
  private Disks() {}

  /** The disk itself, where a file system is one; any other as it is. */
  public static FileSystem raw(FileSystem files) {
    return files instanceof LocalFileSystem local ? local.getRawFileSystem() : files;
  }
}
