package io.evenstep.driver.data.scan;

import io.evenstep.driver.data.file.CellPicker;
import io.evenstep.driver.data.file.SourceTable;
import io.evenstep.model.data.Encoding;
import io.evenstep.model.data.RowEncoder;
import io.evenstep.model.data.cell.InvalidValueException;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Row;

/** Encodes every row of a source once, to find rows that a model cannot accept. */
final class EncodingCheck {
  private EncodingCheck() {}

  /**
   * Checks columns and rows.
   *
   * @param encoding without outputs if rows need no labels
   * @throws DataException listing the first problems, one per line
   */
  static void requireFits(SourceTable table, Encoding encoding) {
    table.requireColumns(encoding.encoder().columns());
    String json = encoding.toJson();
    boolean rowIsFile = table.rowIsFile();
    ProblemReport report = new ProblemReport(table);
    table.eachPart((partition, some) -> check(json, some, new RowWalk(rowIsFile)), report::add);
    ProblemReport.requireNone(List.of(report));
  }

  private static PartitionProblems check(String encoding, Iterator<Row> rows, RowWalk walk) {
    RowEncoder encoder = Encoding.fromJson(encoding).encoder();
    var cells = new CellPicker(encoder.columns());
    ByteBuffer record = ByteBuffer.allocate(encoder.recordBytes());
    return walk.walk(rows, (row, index) -> encode(encoder, cells, row, record.clear()));
  }

  private static void encode(RowEncoder encoder, CellPicker cells, Row row, ByteBuffer record)
      throws InvalidValueException {
    encoder.encode(cells.pick(row), record);
  }
}
