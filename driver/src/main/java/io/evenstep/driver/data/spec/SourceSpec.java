package io.evenstep.driver.data.spec;

import io.evenstep.model.data.token.TokenRecipe;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where rows come from, and how to read them.
 *
 * @param format of the data
 * @param paths files, folders or globs, as Hadoop resolves them; empty for {@code sql}
 * @param labelPaths IDX only: the label files, one for each image file in the same order
 * @param csv how CSV files are written
 * @param reader {@code spark} only: the name of any Spark data source, such as {@code orc}
 * @param query {@code sql} only: a table name or a query
 * @param settings how it is read beyond its format
 */
public record SourceSpec(
    Format format,
    List<String> paths,
    List<String> labelPaths,
    CsvSpec csv,
    Optional<String> reader,
    Optional<String> query,
    ReadSettings settings) {

  /** Copies the collections. */
  public SourceSpec {
    paths = List.copyOf(paths);
    labelPaths = List.copyOf(labelPaths);
  }

  /** A source without windows; the options are passed to Spark's reader unchanged. */
  public SourceSpec(
      Format format,
      List<String> paths,
      List<String> labelPaths,
      CsvSpec csv,
      Optional<String> reader,
      Optional<String> query,
      Map<String, String> options) {
    this(
        format,
        paths,
        labelPaths,
        csv,
        reader,
        query,
        new ReadSettings(options, Optional.empty(), Optional.empty()));
  }

  /** Options of Spark's reader. */
  public Map<String, String> options() {
    return settings.options();
  }

  /** The same source with other options of Spark's reader. */
  public SourceSpec with(Map<String, String> options) {
    ReadSettings others = new ReadSettings(options, settings.window(), settings.tokens());
    return new SourceSpec(format, paths, labelPaths, csv, reader, query, others);
  }

  /** Windows over the rows, in place of the rows themselves. */
  public Optional<WindowSpec> window() {
    return settings.window();
  }

  /** Text only: how files are cut into rows. */
  public Optional<TokenRecipe> tokens() {
    return settings.tokens();
  }

  /** A source whose CSV files have nothing before their header, and the same columns. */
  public SourceSpec(
      Format format,
      List<String> paths,
      List<String> labelPaths,
      boolean header,
      String delimiter,
      Optional<String> reader,
      Optional<String> query,
      Map<String, String> options) {
    this(
        format,
        paths,
        labelPaths,
        new CsvSpec(header, delimiter, 0, false),
        reader,
        query,
        options);
  }

  /** Whether the first line of a CSV file names the columns. */
  public boolean header() {
    return csv.header();
  }

  /** The character between the values of a CSV file. */
  public String delimiter() {
    return csv.delimiter();
  }

  /**
   * Whether a path is that of a table with a log of its own, so that the files below it are not its
   * rows.
   */
  public boolean isTable() {
    return reader.flatMap(TableFormat::named).isPresent();
  }

  /** The paths or the query, for messages. */
  public String words() {
    return paths.isEmpty() ? query.orElse(reader.orElse("")) : String.join(", ", paths);
  }

  /** The format of a source; in lower case in a job file. */
  public enum Format {
    CSV,
    PARQUET,
    IDX,
    SVMLIGHT,
    IMAGES,
    TEXT,
    SPARK,
    SQL
  }
}
