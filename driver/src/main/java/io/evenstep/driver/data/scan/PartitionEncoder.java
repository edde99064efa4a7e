package io.evenstep.driver.data.scan;

import io.evenstep.driver.data.file.ReadFailure;
import io.evenstep.driver.data.file.SourceTable;
import io.evenstep.driver.data.file.SparkCells;
import io.evenstep.driver.data.split.Splitter;
import io.evenstep.driver.data.split.Splitter.Split;
import io.evenstep.model.DataException;
import io.evenstep.model.data.Encoding;
import io.evenstep.model.data.RowEncoder;
import io.evenstep.model.data.cell.InvalidValueException;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** The second pass over one partition: turns each row into its record, split and place. */
public final class PartitionEncoder implements Iterator<Row> {
  public static final StructType SCHEMA =
      new StructType()
          .add("split", DataTypes.IntegerType)
          .add("place", DataTypes.LongType)
          .add("row", DataTypes.LongType)
          .add("record", DataTypes.BinaryType);

  private final int partition;
  private final Splitter splitter;
  private final Iterator<Row> rows;
  private final RowEncoder encoder;
  private final CellPicker cells;
  private long index;
  private @Nullable Row next;
  private @Nullable Row last; // index of the source

  /** The records of a source, with {@link #SCHEMA}. */
  public static JavaRDD<Row> of(SourceTable table, Splitter splitter, Encoding encoding) {
    String json = encoding.toJson();
    return table
        .records()
        .mapPartitionsWithIndex(
            (partition, some) -> new PartitionEncoder(partition, json, splitter, some), true);
  }

  private PartitionEncoder(int partition, String encoding, Splitter splitter, Iterator<Row> rows) {
    this.partition = partition;
    this.splitter = splitter;
    this.rows = rows;
    this.encoder = Encoding.fromJson(encoding).encoder();
    this.cells = new CellPicker(encoder.columns());
  }

  @Override
  public boolean hasNext() {
    while (next == null) {
      Row row = read();
      if (row == null) {
        return false;
      }
      next = encode(row, splitter.row(partition, index++));
    }
    return true;
  }

  /** The next row of the source. Its file may have become unreadable since the first pass. */
  private @Nullable Row read() {
    try {
      if (!rows.hasNext()) {
        return null;
      }
      last = rows.next();
      return last;
    } catch (Exception e) { // Scala throws checked exceptions too
      throw ReadFailure.unreadable(e, last);
    }
  }

  @Override
  public Row next() {
    Row row = hasNext() ? next : null;
    if (row == null) {
      throw new NoSuchElementException();
    }
    next = null;
    return row;
  }

  private @Nullable Row encode(Row row, long number) {
    byte[] record = new byte[encoder.recordBytes()];
    try {
      if (!encoder.encode(cells.pick(row), ByteBuffer.wrap(record))) {
        return null;
      }
    } catch (InvalidValueException e) { // the first pass did not see this value
      throw new DataException(
          "Cannot pack: the data changed during packing, column " + e.column() + " " + e.text(), e);
    }
    Split split = splitter.split(number, row);
    return RowFactory.create(split.ordinal(), splitter.place(number), number, record);
  }

  /** Reads the cells of some columns from rows with a common schema. */
  static final class CellPicker {
    private final List<String> columns;
    private final @Nullable Object[] cells;
    private int @Nullable [] indexes;

    CellPicker(List<String> columns) {
      this.columns = columns;
      this.cells = new Object[columns.size()];
    }

    /** The cells, in an array that the next call overwrites. */
    @Nullable Object[] pick(Row row) {
      if (indexes == null) {
        indexes = columns.stream().mapToInt(row::fieldIndex).toArray();
      }
      for (int i = 0; i < cells.length; i++) {
        cells[i] = SparkCells.plain(row, indexes[i]);
      }
      return cells;
    }
  }
}
