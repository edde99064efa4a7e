package io.evenstep.driver.data.source;

import io.evenstep.driver.data.file.ReadFailure;
import io.evenstep.driver.data.file.SourceFiles;
import io.evenstep.model.DataException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Checks the end of a Parquet file. Spark reads the schema in a job, which would fail with a stack
 * trace if a file had another format.
 */
final class ParquetMagic {
  private static final String MAGIC = "PAR1";

  private ParquetMagic() {}

  /**
   * Checks that a file ends like a Parquet file.
   *
   * @throws DataException when it does not
   */
  static void require(Configuration conf, Path file) {
    byte[] end = new byte[MAGIC.length()];
    try {
      FileSystem fs = file.getFileSystem(conf);
      long length = fs.getFileStatus(file).getLen();
      try (FSDataInputStream in = fs.open(file)) {
        in.readFully(Math.max(0, length - end.length), end);
      }
    } catch (IOException e) {
      throw new DataException(
          "Cannot read " + SourceFiles.name(file) + ": " + ReadFailure.reason(e), e);
    }
    String found = new String(end, StandardCharsets.ISO_8859_1);
    if (!found.equals(MAGIC)) {
      throw new DataException(
          "Cannot read "
              + SourceFiles.name(file)
              + ": a Parquet file must end in "
              + MAGIC
              + "; it is truncated or has another format");
    }
  }
}
