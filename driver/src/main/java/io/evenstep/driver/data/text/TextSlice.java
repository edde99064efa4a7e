package io.evenstep.driver.data.text;

import io.evenstep.driver.data.file.ReadFailure;
import io.evenstep.driver.data.file.SourceFiles;
import java.io.IOException;
import java.io.Serializable;
import java.net.URI;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.BlockLocation;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A part of a text file, read by one task.
 *
 * @param uri of the file
 * @param start first byte; a line that begins earlier belongs to the previous slice
 * @param length in bytes
 */
record TextSlice(String uri, long start, long length) implements Serializable {
  static TextSlice of(FileStatus file, long start, long length) {
    return new TextSlice(file.getPath().toUri().toString(), start, length);
  }

  static TextSlice whole(FileStatus file) {
    return of(file, 0, file.getLen());
  }

  Path path() {
    return new Path(URI.create(uri));
  }

  /** Hosts of its first bytes; none for a local disk. */
  List<String> hosts(Configuration conf) {
    try {
      FileSystem fs = path().getFileSystem(conf);
      BlockLocation[] blocks =
          fs instanceof LocalFileSystem
              ? new BlockLocation[0]
              : fs.getFileBlockLocations(path(), start, 1);
      return blocks.length == 0 ? List.of() : List.of(blocks[0].getHosts());
    } catch (IOException e) {
      throw ReadFailure.of(SourceFiles.name(path()), e);
    }
  }

  long end() {
    return start + length;
  }
}
