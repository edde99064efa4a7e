package io.evenstep.driver.data;

import java.io.Serializable;
import java.net.URI;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.execution.datasources.PartitionedFile;

/**
 * A part of a text file that one task reads.
 *
 * @param uri of the file
 * @param start first byte; a line that begins before it is another slice's
 * @param length in bytes
 */
record TextSlice(String uri, long start, long length) implements Serializable {
  static TextSlice of(PartitionedFile file) {
    return new TextSlice(file.urlEncodedPath(), file.start(), file.length());
  }

  static TextSlice whole(FileStatus file) {
    return new TextSlice(file.getPath().toUri().toString(), 0, file.getLen());
  }

  Path path() {
    return new Path(URI.create(uri));
  }

  long end() {
    return start + length;
  }
}
