package io.evenstep.driver.data.file;

import io.evenstep.model.DataException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Binary file formats, recognised by their first bytes, with the way to read them. */
public enum FileKind {
  PARQUET("PAR1", "a Parquet file", "use data.format parquet"),
  ORC("ORC", "an ORC file", "use data.format spark with data.reader orc"),
  AVRO("Obj\u0001", "an Avro file", "use data.format spark with data.reader avro"),
  ZIP(
      "PK\u0003\u0004",
      "a zip archive, such as an Excel sheet or a NumPy npz file",
      "unpack it, or save it as CSV"),
  GZIP("\u001f\u008b", "compressed with gzip", "its name must end in .gz"),
  BZIP2("BZh", "compressed with bzip2", "its name must end in .bz2"),
  ZSTD("\u0028\u00b5\u002f\u00fd", "compressed with zstd", "its name must end in .zst"),
  NUMPY("\u0093NUMPY", "a NumPy file", "save it as CSV or Parquet"),
  HDF("\u0089HDF", "an HDF5 file", "save it as CSV or Parquet"),
  SQLITE(
      "SQLite format 3",
      "an SQLite database",
      "save its table as CSV, or read it with data.reader jdbc"),
  PNG("\u0089PNG", "a PNG image", "data.format images reads folders of them"),
  JPEG("\u00ff\u00d8\u00ff", "a JPEG image", "data.format images reads folders of them"),
  PDF("%PDF-", "a PDF file", "save its table as CSV"),
  EXCEL("\u00d0\u00cf\u0011\u00e0", "an old Excel sheet", "save it as CSV");

  private static final int MOST_BYTES = 16;

  private final String begin;
  private final String words;
  private final String remedy;

  FileKind(String begin, String words, String remedy) {
    this.begin = begin;
    this.words = words;
    this.remedy = remedy;
  }

  /** The kind of a file, decompressed by its extension; empty for text or an unknown format. */
  public static Optional<FileKind> of(Configuration conf, Path file) throws IOException {
    try (InputStream in = SourceFiles.open(conf, file)) {
      String found = new String(in.readNBytes(MOST_BYTES), StandardCharsets.ISO_8859_1);
      return Stream.of(values()).filter(kind -> found.startsWith(kind.begin)).findFirst();
    }
  }

  /**
   * Checks that a file has none of these formats.
   *
   * @throws DataException when it has one of them or cannot be read
   */
  public static void requireNone(Configuration conf, Path file, String format) {
    String name = SourceFiles.name(file);
    try {
      FileKind.of(conf, file)
          .ifPresent(
              kind -> {
                throw new DataException(
                    "Cannot read "
                        + name
                        + " as "
                        + format
                        + ": it is "
                        + kind.words
                        + "; "
                        + kind.remedy);
              });
    } catch (IOException | RuntimeException e) {
      throw ReadFailure.of(name, e);
    }
  }
}
