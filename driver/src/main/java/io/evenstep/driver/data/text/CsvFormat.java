package io.evenstep.driver.data.text;

import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import io.evenstep.driver.data.spec.SourceSpec;
import io.evenstep.model.ConfigException;
import java.io.Serializable;
import java.nio.charset.Charset;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.catalyst.csv.CSVOptions;
import org.jspecify.annotations.Nullable;
import scala.Predef;
import scala.collection.JavaConverters;

/** The CSV format of a job, used for headers and rows. */
final class CsvFormat implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int MOST_COLUMNS = 1 << 20;

  private final boolean header;
  private final int skip;
  private final TreeMap<String, String> options = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  /**
   * Reads the keys and options of a CSV source.
   *
   * @throws ConfigException when an option is invalid
   */
  CsvFormat(SourceSpec spec) {
    header = spec.header();
    skip = spec.csv().skip();
    options.put("sep", spec.delimiter());
    options.put("escape", "\""); // RFC 4180; Spark's default is a backslash
    options.putAll(spec.options());
    requireReadable();
    if (isWide()) {
      requireWholeFiles();
    }
  }

  /**
   * Errors that the check of single options does not find, such as a line end of three characters.
   */
  private void requireReadable() {
    try {
      parser(0).parseLine("");
    } catch (RuntimeException e) { // Spark throws various exceptions
      throw new ConfigException(
          "data.options", "must be consistent: " + e.getMessage(), options, e);
    }
  }

  private boolean isWide() {
    String name = charset().name().toUpperCase(Locale.ROOT);
    return name.startsWith("UTF-16") || name.startsWith("UTF-32") || name.startsWith("X-UTF-");
  }

  /** Bytes of a wide character can look like a line end. */
  private void requireWholeFiles() {
    String given = options.putIfAbsent("multiLine", "true");
    if (given != null && !Boolean.parseBoolean(given)) {
      throw new ConfigException(
          "data.options.multiLine", "must be true or not set for the encoding " + charset(), given);
    }
  }

  /** Whether the first record of a file names its columns. */
  boolean header() {
    return header;
  }

  /** Lines of a file before its first record. */
  int skip() {
    return skip;
  }

  /** Whether a record may span several lines, so that a file cannot be split. */
  boolean multiLine() {
    return spark().multiLine();
  }

  Charset charset() {
    return Charset.forName(spark().charset());
  }

  /** Bytes that end a line; null for any common line end. */
  byte @Nullable [] lineEnd() {
    return spark().lineSeparatorInRead().getOrElse(() -> null);
  }

  /** Prefix of comment lines, which are skipped; empty for none. */
  String comment() {
    CSVOptions spark = spark();
    return spark.isCommentSet() ? String.valueOf(spark.comment()) : "";
  }

  /** Text that means a missing value. */
  String nothing() {
    return spark().nullValue();
  }

  char delimiter() {
    return spark().delimiter().charAt(0);
  }

  /**
   * A parser of records.
   *
   * @param columns number of columns, or 0 if unknown
   */
  CsvParser parser(int columns) {
    return new CsvParser(settings(columns));
  }

  /** A parser of whole files, which passes over the lines to skip. */
  CsvParser streamParser(int columns) {
    CsvParserSettings settings = settings(columns);
    settings.setNumberOfRowsToSkip(skip);
    return new CsvParser(settings);
  }

  private CsvParserSettings settings(int columns) {
    CSVOptions spark = spark();
    CsvParserSettings settings = spark.asParserSettings();
    if (!options.containsKey("maxColumns")) {
      settings.setMaxColumns(columns == 0 ? MOST_COLUMNS : Math.max(columns + 1, 20_480));
    }
    return settings;
  }

  private CSVOptions spark() {
    Map<String, String> copy = new TreeMap<>(options);
    return new CSVOptions(
        JavaConverters.mapAsScalaMap(copy).toMap(Predef.$conforms()), false, "UTC");
  }
}
