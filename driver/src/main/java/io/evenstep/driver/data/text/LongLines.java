package io.evenstep.driver.data.text;

import io.evenstep.driver.data.file.ReadFailure;
import io.evenstep.driver.data.file.SourceFiles;
import io.evenstep.driver.data.file.UnreadableFileException;
import io.evenstep.driver.data.part.Reading;
import io.evenstep.model.DataException;
import java.io.IOException;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Finds lines so long that Spark's reader would run out of memory. */
public final class LongLines {
  private LongLines() {}

  /**
   * Reads the files that may have such a line: long files and compressed files.
   *
   * @throws DataException when there is one
   */
  public static void requireNone(SparkSession session, List<FileStatus> files, String what) {
    Configuration conf = session.sparkContext().hadoopConfiguration();
    List<FileStatus> able =
        files.stream()
            .filter(
                file ->
                    file.getLen() > BoundedLines.MOST_BYTES
                        || SourceFiles.isCompressed(conf, file.getPath()))
            .toList();
    if (!able.isEmpty()) {
      ReadFailure.translated(
          what,
          () ->
              TextSlices.read(Reading.in(session), able, false, LongLines::read)
                  .rdd()
                  .foreach(row -> {}));
    }
  }

  private static Iterator<Row> read(Configuration conf, TextSlice slice) {
    try (BoundedLines lines = BoundedLines.open(conf, slice, null, BoundedLines.MOST_BYTES)) {
      while (lines.next() != null) {
        continue;
      }
      return Collections.emptyIterator();
    } catch (IOException e) {
      throw new UnreadableFileException(slice.uri(), ReadFailure.reason(e), e);
    }
  }
}
