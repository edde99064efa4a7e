package io.evenstep.driver.data.text;

import io.evenstep.driver.data.file.SourceFiles;
import java.io.Closeable;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/** The records of one slice of a CSV file, including the header. */
interface CsvRecords extends Closeable {
  /** The fields of the next record, null for an empty one; null after the last record. */
  @Nullable String @Nullable [] next() throws IOException;

  /** The text in the file of the last record from {@link #next}. */
  String text();

  /**
   * Opens a slice.
   *
   * @param columns number of columns, or 0 if unknown
   */
  static CsvRecords open(Configuration conf, CsvFormat format, TextSlice slice, int columns)
      throws IOException {
    if (format.multiLine()) {
      return new CsvStream(SourceFiles.open(conf, slice.path()), format, columns);
    }
    CsvLines lines =
        new CsvLines(
            BoundedLines.open(conf, slice, format.lineEnd(), BoundedLines.MOST_BYTES),
            format,
            columns);
    if (slice.start() == 0) {
      lines.skip(format.skip());
    }
    return lines;
  }
}
