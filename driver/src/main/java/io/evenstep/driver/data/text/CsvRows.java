package io.evenstep.driver.data.text;

import io.evenstep.driver.data.file.Advice;
import io.evenstep.model.data.cell.InvalidValueException;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one slice of a CSV file: its columns as text, the problem of a record with the wrong
 * number of fields, and the file.
 */
final class CsvRows extends SliceRows {
  private final Configuration conf;
  private final CsvFormat format;
  private final TextSlice slice;
  private final StructType schema;
  private final int columns; // of the file
  private final int[] places; // of each, among all columns
  private final String nothing;
  private @Nullable CsvRecords records;
  private boolean advised;

  /**
   * The rows.
   *
   * @param places column of each column of the file; empty if the file has all columns in order
   */
  CsvRows(
      Configuration conf,
      CsvFormat format,
      TextSlice slice,
      StructType schema,
      Optional<int[]> places) {
    super(slice);
    this.conf = conf;
    this.format = format;
    this.slice = slice;
    this.schema = schema;
    this.places = places.orElseGet(() -> IntStream.range(0, schema.size() - 2).toArray());
    this.columns = this.places.length;
    this.nothing = format.nothing();
  }

  @Override
  Closeable open() throws IOException {
    CsvRecords opened = CsvRecords.open(conf, format, slice, columns);
    if (format.header() && slice.start() == 0) {
      var unused = opened.next();
    }
    records = opened;
    return opened;
  }

  @Override
  @Nullable Row read() throws IOException {
    CsvRecords from = records;
    @Nullable String[] fields = from == null ? null : from.next();
    return from == null || fields == null ? null : row(fields, from);
  }

  private Row row(@Nullable String[] fields, CsvRecords from) {
    @Nullable Object[] cells = new Object[schema.size()];
    for (int i = 0; i < Math.min(columns, fields.length); i++) {
      cells[places[i]] = nothing.equals(fields[i]) ? null : fields[i];
    }
    cells[cells.length - 2] = fields.length == columns ? null : corrupt(from.text());
    cells[cells.length - 1] = slice.uri();
    return new GenericRowWithSchema(cells, schema);
  }

  private String corrupt(String text) {
    String advice = advised ? "" : Advice.ofRecord(text, columns);
    advised = true;
    return new InvalidValueException("must have " + columns + " fields", text).text() + advice;
  }
}
