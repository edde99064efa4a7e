package io.evenstep.model.data;

import io.evenstep.model.data.cell.Absent;
import io.evenstep.model.data.cell.InvalidValueException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns rows into the records of one encoding. Not thread-safe. */
public final class RowEncoder {
  private final Encoding encoding;
  private final Absent absent;
  private final List<String> columns = new ArrayList<>();
  private final List<SegmentEncoder> segments = new ArrayList<>();
  private final int recordBytes;

  RowEncoder(Encoding encoding) {
    this.encoding = encoding;
    this.recordBytes = encoding.recordBytes();
    this.absent = Absent.of(encoding.absent());
    for (TensorEncoding input : encoding.inputs()) {
      add(input, encoding.missing(), encoding.unseen());
    }
    Missing forLabels = encoding.missing() == Missing.FILL ? Missing.REFUSE : encoding.missing();
    for (TensorEncoding output : encoding.outputs()) {
      add(output, forLabels, Unseen.REFUSE);
    }
    for (TensorEncoding weight : encoding.weights()) {
      add(weight, forLabels, Unseen.REFUSE);
    }
  }

  private void add(TensorEncoding tensor, Missing missing, Unseen unseen) {
    for (Segment segment : tensor.isCopy() ? List.<Segment>of() : tensor.segments()) {
      columns.addAll(segment.columns());
      segments.add(SegmentEncoder.of(segment, missing, absent, encoding.fill(), unseen));
    }
  }

  /** The columns whose values {@link #encode} takes, in order; a column may appear twice. */
  public List<String> columns() {
    return List.copyOf(columns);
  }

  /** Bytes of a record. */
  public int recordBytes() {
    return recordBytes;
  }

  /**
   * Encodes one row.
   *
   * @param values one per column, in the order of {@link #columns()}; null for no value
   * @param record receives {@link #recordBytes()} bytes from its position on, little-endian
   * @return false when the row must be left out because a value is missing; the record is then
   *     incomplete and its position undefined
   * @throws InvalidValueException naming column, rule and value
   */
  public boolean encode(@Nullable Object[] values, ByteBuffer record) throws InvalidValueException {
    record.order(ByteOrder.LITTLE_ENDIAN);
    int at = 0;
    for (SegmentEncoder segment : segments) {
      if (!segment.encode(values, at, record)) {
        return false;
      }
      at += segment.columns();
    }
    return true;
  }
}
