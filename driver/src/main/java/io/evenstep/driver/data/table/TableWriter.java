package io.evenstep.driver.data.table;

import io.evenstep.driver.data.spec.TableFormat;
import io.evenstep.model.ConfigException;
import io.evenstep.worker.checkpoint.FileFault;
import java.io.IOException;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Writes rows as a new table. */
public final class TableWriter {
  private static final String CATALOG = "evenstep_output";

  /** Characters that Delta allows in a column's name only if files have other names for it. */
  private static final Pattern ODD = Pattern.compile("[ ,;{}()\\n\\t=]");

  private TableWriter() {}

  /**
   * Checks that a session can write a format.
   *
   * @throws ConfigException when the jar is missing
   */
  public static void require(SparkSession session, TableFormat format) {
    if (!TableSession.has(session, format)) {
      throw new ConfigException(
          "--format",
          "must be csv, json or parquet, or a format with its jar on the class path; "
              + format.remedy(),
          format.reader());
    }
  }

  /**
   * Writes a new table.
   *
   * @param rows of a session whose settings may be changed
   * @param output its folder, which is not there yet
   */
  public static void write(Dataset<Row> rows, TableFormat format, Path output) {
    Path folder = absolute(rows.sparkSession(), output);
    switch (format) {
      case DELTA ->
          rows.write()
              .format(format.reader())
              .mode(SaveMode.ErrorIfExists)
              .option("delta.columnMapping.mode", hasOddNames(rows.schema()) ? "name" : "none")
              .save(folder.toString());
      case ICEBERG -> writeIceberg(rows, folder);
      case HUDI -> throw new IllegalArgumentException("Hudi tables are only read");
    }
  }

  private static Path absolute(SparkSession session, Path output) {
    try {
      return output.getFileSystem(session.sessionState().newHadoopConf()).makeQualified(output);
    } catch (IOException e) {
      throw FileFault.of("Cannot reach", output, e);
    }
  }

  /** A catalogue of the folders beside it, because a path alone is no name of a new table. */
  private static void writeIceberg(Dataset<Row> rows, Path folder) {
    String warehouse = String.valueOf(folder.getParent());
    TableSession.addCatalog(rows.sparkSession(), "spark.sql.catalog." + CATALOG, warehouse);
    String name = folder.getName().replace("`", "``");
    rows.writeTo(CATALOG + ".`" + name + "`").create();
  }

  private static boolean hasOddNames(StructType columns) {
    return Arrays.stream(columns.fields())
        .anyMatch(
            field ->
                ODD.matcher(field.name()).find()
                    || (field.dataType() instanceof StructType inner && hasOddNames(inner)));
  }
}
