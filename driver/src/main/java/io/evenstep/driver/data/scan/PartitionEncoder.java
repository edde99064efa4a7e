package io.evenstep.driver.data.scan;

import io.evenstep.driver.data.file.CellPicker;
import io.evenstep.driver.data.file.ReadableRows;
import io.evenstep.driver.data.file.SourceTable;
import io.evenstep.driver.data.split.Splitter;
import io.evenstep.driver.data.split.Splitter.Split;
import io.evenstep.driver.watch.RowsWatch;
import io.evenstep.model.DataException;
import io.evenstep.model.data.Encoding;
import io.evenstep.model.data.RowEncoder;
import io.evenstep.model.data.cell.InvalidValueException;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.LongAccumulator;
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
  private final LongAccumulator count; // of rows read
  private long index;
  private @Nullable Row next;

  /** The records of a source, with {@link #SCHEMA}. */
  public static JavaRDD<Row> of(SourceTable table, Splitter splitter, Encoding encoding) {
    String json = encoding.toJson();
    JavaRDD<Row> rows = table.records();
    LongAccumulator count = RowsWatch.counter(rows.context(), "Packing");
    return rows.mapPartitionsWithIndex(
        (partition, some) -> new PartitionEncoder(partition, json, splitter, some, count), true);
  }

  PartitionEncoder(
      int partition,
      String encoding,
      Splitter splitter,
      Iterator<Row> rows,
      LongAccumulator count) {
    this.partition = partition;
    this.splitter = splitter;
    this.count = count;
    this.rows = new ReadableRows(rows);
    this.encoder = Encoding.fromJson(encoding).encoder();
    this.cells = new CellPicker(encoder.columns());
  }

  @Override
  public boolean hasNext() {
    while (next == null && rows.hasNext()) {
      next = encode(rows.next(), splitter.row(partition, index++));
      count.add(1);
    }
    return next != null;
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
    boolean corrupt = splitter.use().skipsBad() && !SourceTable.corrupt(row).isEmpty();
    if (corrupt || !splitter.takes(number)) {
      return null;
    }
    byte[] record = new byte[encoder.recordBytes()];
    try {
      if (!encoder.encode(cells.pick(row), ByteBuffer.wrap(record))) {
        return null;
      }
    } catch (InvalidValueException e) {
      if (splitter.use().skipsBad()) {
        return null; // the first pass has counted it
      }
      throw new DataException( // the first pass did not see this value
          "Cannot pack: the data changed during packing, column " + e.column() + " " + e.text(), e);
    }
    Split split = splitter.split(number, row);
    return RowFactory.create(split.ordinal(), splitter.place(number), number, record);
  }
}
