package io.evenstep.driver.data.scan;

import io.evenstep.driver.data.file.SourceTable;
import io.evenstep.driver.data.spec.DataSpec;
import io.evenstep.driver.data.spec.SourceSpec.Format;
import java.util.List;
import java.util.regex.Pattern;

/** Index columns, which number the rows. pandas writes them by default. */
public final class IndexColumns {
  private static final Pattern ANYWHERE = Pattern.compile("__index_level_\\d+__");

  /**
   * Names of an index as the first column of a CSV: empty, or the name that pandas gives it when
   * reading.
   */
  private static final Pattern FIRST = Pattern.compile("|_c0|Unnamed: 0(\\.\\d+)*");

  private IndexColumns() {}

  /**
   * The index columns, which are not features unless the job names them; none if it names its
   * features.
   */
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
        + "\" is skipped because it looks like an index written by pandas; name it in data.features"
        + " to use it";
  }
}
