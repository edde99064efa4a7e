package io.evenstep.driver.data.file;

import io.evenstep.model.DataException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Files that are no text, by the bytes they begin with, and what reads them. */
public enum FileKind {
  PARQUET("PAR1", "a Parquet file", "data.format parquet reads it"),
  ORC("ORC", "an ORC file", "data.format spark with data.reader orc reads it"),
  AVRO("Obj\u0001", "an Avro file", "data.format spark with data.reader avro reads it"),
  ZIP(
      "PK\u0003\u0004",
      "a zip archive, such as an Excel sheet or numpy's npz",
      "unpack it, or save it as CSV"),
  GZIP("\u001f\u008b", "compressed by gzip", "its name must end in .gz"),
  BZIP2("BZh", "compressed by bzip2", "its name must end in .bz2"),
  ZSTD("\u0028\u00b5\u002f\u00fd", "compressed by zstd", "its name must end in .zst"),
  NUMPY("\u0093NUMPY", "a file of numpy", "save it as CSV or Parquet"),
  HDF("\u0089HDF", "an HDF5 file", "save it as CSV or Parquet"),
  SQLITE(
      "SQLite format 3",
      "a database of SQLite",
      "save its table as CSV, or read it by data.reader jdbc"),
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

  /** The kind of a file, decompressed as its name tells; empty for text or anything unknown. */
  public static Optional<FileKind> of(Configuration conf, Path file) throws IOException {
    try (InputStream in = SourceFiles.open(conf, file)) {
      String found = new String(in.readNBytes(MOST_BYTES), StandardCharsets.ISO_8859_1);
      return Stream.of(values()).filter(kind -> found.startsWith(kind.begin)).findFirst();
    }
  }

  /**
   * Checks that a file is none of these kinds.
   *
   * @throws DataException when it is one of them, or cannot be read
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
