package io.evenstep.driver.ml.score;

import io.evenstep.model.DataException;
import io.evenstep.model.data.Encoding;
import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.data.RecordDecoder;
import io.evenstep.model.data.RowEncoder;
import io.evenstep.model.data.cell.InvalidValueException;
import io.evenstep.worker.feed.SequentialReader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** Reads the rows of one partition in batches and encodes their vectors for a network. */
final class VectorBatches {
  private final String column;
  private final int partition;
  private final Iterator<Row> rows;
  private final int most;
  private final RowEncoder encoder;
  private final RecordDecoder decoder;
  private final ByteBuffer records;
  private final @Nullable Object[] cell = new Object[1];
  private final List<Row> taken = new ArrayList<>();
  private int field = -1; // index of the column in a row; looked up once
  private long index; // index of the next row in its partition

  /**
   * Starts a partition.
   *
   * @param column of the vectors
   * @param most maximum number of rows in a batch, at least 1; large rows give smaller batches
   */
  VectorBatches(Encoding encoding, String column, int partition, Iterator<Row> rows, int most) {
    this.column = column;
    this.partition = partition;
    this.rows = rows;
    this.encoder = encoding.encoder();
    this.decoder = encoding.decoder();
    this.most = SequentialReader.batchRows(most, encoder.recordBytes());
    this.records = ByteBuffer.allocate(this.most * encoder.recordBytes());
  }

  boolean hasNext() {
    return rows.hasNext();
  }

  /**
   * The next rows' features; {@link #rows()} are the rows themselves.
   *
   * @throws DataException naming a row whose vector is missing or does not match the network
   */
  MiniBatch next() {
    taken.clear();
    records.clear();
    while (taken.size() < most && rows.hasNext()) {
      Row row = rows.next();
      encode(row);
      taken.add(row);
      index++;
    }
    return decoder.decode(records.flip(), taken.size());
  }

  /** The rows of the last batch, valid until the next one is requested. */
  List<Row> rows() {
    return taken;
  }

  private void encode(Row row) {
    if (field < 0) {
      field = row.fieldIndex(column);
    }
    Vector vector = row.getAs(field);
    cell[0] = vector == null ? null : vector.toArray();
    try {
      var unused = encoder.encode(cell, records);
    } catch (InvalidValueException e) {
      String name = RowName.of(partition, index, row);
      throw new DataException(RowRules.message(name, e.in(column)), e);
    }
  }
}
