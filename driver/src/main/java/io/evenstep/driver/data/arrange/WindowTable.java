package io.evenstep.driver.data.arrange;

import io.evenstep.driver.data.file.SourceTable;
import io.evenstep.driver.data.part.Reading;
import io.evenstep.driver.data.part.SparkParts;
import io.evenstep.driver.data.spec.WindowSpec;
import io.evenstep.driver.data.split.CellOrder;
import io.evenstep.model.ConfigException;
import io.evenstep.model.data.cell.Absent;
import io.evenstep.model.data.cell.CellValues;
import io.evenstep.model.data.cell.NumberText;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/**
 * The windows of a table as rows. A row has an array with the history of each column, the labels of
 * the rows after it, and the times of its first and last row. Rows are sorted by Spark, and a task
 * holds one window at a time. The order of the windows depends only on the source's rows and their
 * partitions.
 */
public final class WindowTable {
  private static final int PARTITION_BITS = 40;

  private WindowTable() {}

  /**
   * The windows of a table.
   *
   * @throws ConfigException when a column of the window does not exist
   */
  public static SourceTable of(SourceTable table, WindowSpec window, SparkSession session) {
    require(table, keyOf("order", "time", window), List.of(window.time()));
    require(table, keyOf("key", "key", window), window.key());
    require(table, "data.label", window.cells().labels());
    List<String> columns = columns(table, window);
    StructType schema = schema(table, window, columns);
    int partitions = window.key().isEmpty() ? 1 : table.records().getNumPartitions();
    JavaPairRDD<RowPlace, @Nullable Object[]> placed =
        table
            .records()
            .mapPartitionsWithIndex(
                (partition, rows) -> placed(partition, rows, columns, window), true)
            .mapToPair(pair -> pair);
    JavaRDD<Row> windows =
        placed
            .repartitionAndSortWithinPartitions(new BySeries(Math.max(1, partitions)))
            .mapPartitions(rows -> new WindowRows(window, columns, schema, rows));
    return SourceTable.ofRecords(
        table.name(),
        new SparkParts(() -> windows),
        List.of(),
        schema,
        Reading.in(session),
        table.notices());
  }

  /** The windows that begin and end on the same side of each of some times. */
  public static SourceTable without(SourceTable windows, List<Double> times) {
    List<Double> kept = List.copyOf(times);
    return new SourceTable(
        windows.name(),
        windows.schema(),
        windows.pixels(),
        windows.origin(),
        windows.dataset(),
        new SparkParts(() -> windows.records().filter(row -> isOnOneSide(row, kept))),
        windows.notices());
  }

  private static boolean isOnOneSide(Row row, List<Double> times) {
    int start = row.fieldIndex(WindowSpec.START);
    int end = row.fieldIndex(WindowSpec.END);
    return row.isNullAt(start)
        || times.stream()
            .allMatch(time -> (row.getDouble(start) < time) == (row.getDouble(end) < time));
  }

  private static String keyOf(String ofSeries, String ofWindow, WindowSpec window) {
    return window.isWhole() ? "data.series." + ofSeries : "data.window." + ofWindow;
  }

  private static void require(SourceTable table, String key, List<String> columns) {
    for (String column : columns) {
      if (!table.columnNames().contains(column)) {
        throw new ConfigException(
            key, "must be a column of " + table.name() + " " + table.columnNames(), column);
      }
    }
  }

  /** The time, the key, the history, and the labels that are not part of it. */
  private static List<String> columns(SourceTable table, WindowSpec window) {
    Set<String> columns = new LinkedHashSet<>(List.of(window.time()));
    columns.addAll(window.key());
    columns.addAll(window.features(table.columnNames()));
    columns.addAll(window.cells().labels());
    return List.copyOf(columns);
  }

  private static StructType schema(SourceTable table, WindowSpec window, List<String> columns) {
    StructType schema = new StructType();
    for (String column : columns) {
      DataType type = table.schema().apply(column).dataType();
      boolean single = window.isSingle(column);
      schema = schema.add(column, single ? type : new ArrayType(type, true));
    }
    for (String label : window.isWhole() ? List.<String>of() : window.labelColumns()) {
      String of = label.substring(0, label.lastIndexOf('+'));
      schema = schema.add(label, table.schema().apply(of).dataType());
    }
    return schema
        .add(WindowSpec.START, DataTypes.DoubleType)
        .add(WindowSpec.END, DataTypes.DoubleType)
        .add(SourceTable.CORRUPT, DataTypes.StringType)
        .add(SourceTable.FILE, DataTypes.StringType);
  }

  /** The rows with their places; the last cell says what is wrong with a row. */
  private static Iterator<Tuple2<RowPlace, @Nullable Object[]>> placed(
      int partition, Iterator<Row> rows, List<String> columns, WindowSpec window) {
    CellOrder order = new CellOrder(window.format(), NumberText.PLAIN);
    Absent absent = Absent.of(window.cells().absent());
    return new Iterator<>() {
      private long index;

      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public Tuple2<RowPlace, @Nullable Object[]> next() {
        Row row = rows.next();
        @Nullable Object[] cells = new Object[columns.size() + 1];
        for (int i = 0; i < columns.size(); i++) {
          cells[i] = row.get(row.fieldIndex(columns.get(i)));
        }
        Object time = cells[columns.indexOf(window.time())];
        double at = time == null ? Double.NEGATIVE_INFINITY : order.of(time);
        String problem = problem(row, window, absent.holds(time) ? "nothing" : time, at);
        cells[columns.size()] = problem;
        long number = ((long) partition << PARTITION_BITS) | index++;
        return new Tuple2<>(new RowPlace(series(cells, columns, window), at, number), cells);
      }
    };
  }

  private static String problem(Row row, WindowSpec window, @Nullable Object time, double at) {
    String corrupt = SourceTable.corrupt(row);
    return !corrupt.isEmpty() || at > Double.NEGATIVE_INFINITY
        ? corrupt
        : "must have a time written as "
            + window.format()
            + " in "
            + window.time()
            + ", got "
            + time;
  }

  private static String series(@Nullable Object[] cells, List<String> columns, WindowSpec window) {
    List<String> names = new ArrayList<>();
    for (String column : window.key()) {
      Object cell = cells[columns.indexOf(column)];
      names.add(cell == null ? "" : CellValues.category(cell));
    }
    return String.join("\n", names);
  }
}
