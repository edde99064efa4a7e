package io.evenstep.driver.data.spec;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where rows come from, and how to read them.
 *
 * @param format of the data
 * @param paths files, folders or globs, as Hadoop resolves them; empty for {@code sql}
 * @param labelPaths IDX only: the label files, one for each image file in the same order
 * @param header CSV only: whether the first line names the columns; else they are {@code c0, c1,
 *     ...}
 * @param delimiter CSV only: one character
 * @param reader {@code spark} only: the name of any Spark data source, such as {@code orc}
 * @param query {@code sql} only: a table name or a query
 * @param settings how it is read beyond its format
 */
public record SourceSpec(
    Format format,
    List<String> paths,
    List<String> labelPaths,
    boolean header,
    String delimiter,
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
      boolean header,
      String delimiter,
      Optional<String> reader,
      Optional<String> query,
      Map<String, String> options) {
    this(
        format,
        paths,
        labelPaths,
        header,
        delimiter,
        reader,
        query,
        new ReadSettings(options, Optional.empty()));
  }

  /** Options of Spark's reader. */
  public Map<String, String> options() {
    return settings.options();
  }

  /** Windows over the rows, in place of the rows themselves. */
  public Optional<WindowSpec> window() {
    return settings.window();
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
    SPARK,
    SQL
  }
}
