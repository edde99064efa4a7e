package io.evenstep.driver.data.scan;

import io.evenstep.driver.data.file.SourceTable;
import io.evenstep.driver.data.spec.DataSpec;
import io.evenstep.driver.data.spec.SourceSpec.Format;
import java.util.List;
import java.util.regex.Pattern;

/** Columns that number the rows, as pandas writes them unless it is told not to. */
public final class IndexColumns {
  private static final Pattern ANYWHERE = Pattern.compile("__index_level_\\d+__");

  /** Of a CSV's first column: no name at all, or what pandas called it when it read the file. */
  private static final Pattern FIRST = Pattern.compile("|_c0|Unnamed: 0(\\.\\d+)*");

  private IndexColumns() {}

  /** Those that are no feature unless the job names them; none where it names its features. */
  public static List<String> of(DataSpec spec, SourceTable table) {
    if (!spec.features().columns().isEmpty() || !spec.features().inputs().isEmpty()) {
      return List.of();
    }
    boolean hasHeader =
        spec.sources().train().format() == Format.CSV && spec.sources().train().header();
    List<String> columns = table.columnNames();
    return columns.stream()
        .filter(
            name ->
                ANYWHERE.matcher(name).matches()
                    || (hasHeader && name.equals(columns.get(0)) && FIRST.matcher(name).matches()))
        .toList();
  }

  public static String notice(String column) {
    return "Column \""
        + column
        + "\" is left out, as it looks like an index that pandas wrote; name it in data.features to"
        + " use it";
  }
}
