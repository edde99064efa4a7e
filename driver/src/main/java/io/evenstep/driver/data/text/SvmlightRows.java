package io.evenstep.driver.data.text;

import io.evenstep.model.data.cell.InvalidValueException;
import java.io.Closeable;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.Text;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** The rows of one slice of an SVMLight file: label, vector, the problem of a line, and file. */
final class SvmlightRows extends SliceRows {
  private static final String LINE = "must be LABEL INDEX:VALUE INDEX:VALUE ...";

  private final Configuration conf;
  private final TextSlice slice;
  private final StructType schema;
  private final int features;
  private @Nullable BoundedLines lines;

  /**
   * Reads rows.
   *
   * @param features size of a vector, and the largest index
   */
  SvmlightRows(Configuration conf, TextSlice slice, StructType schema, int features) {
    super(slice);
    this.conf = conf;
    this.slice = slice;
    this.schema = schema;
    this.features = features;
  }

  @Override
  Closeable open() throws IOException {
    BoundedLines opened = BoundedLines.open(conf, slice, null, BoundedLines.MOST_BYTES);
    lines = opened;
    return opened;
  }

  @Override
  @Nullable Row read() throws IOException {
    for (Text line = line(); line != null; line = line()) {
      String text = line.toString().strip();
      if (!text.isEmpty() && !text.startsWith("#")) {
        return row(text);
      }
    }
    return null;
  }

  private @Nullable Text line() throws IOException {
    return lines == null ? null : lines.next();
  }

  private Row row(String text) {
    @Nullable Object[] cells = {null, null, null, slice.uri()};
    try {
      String[] parts = text.split("\\s+");
      cells[0] = number(parts[0], text);
      cells[1] = vector(parts);
    } catch (InvalidValueException e) {
      cells[2] = e.text();
    }
    return new GenericRowWithSchema(cells, schema);
  }

  private Object vector(String[] parts) throws InvalidValueException {
    int[] indices = new int[parts.length - 1];
    double[] values = new double[indices.length];
    for (int i = 0; i < indices.length; i++) {
      String part = parts[i + 1];
      int colon = part.indexOf(':');
      indices[i] = index(part.substring(0, Math.max(0, colon)), part) - 1;
      values[i] = number(part.substring(colon + 1), part);
      if (i > 0 && indices[i] <= indices[i - 1]) {
        throw new InvalidValueException("indices must be ascending", part);
      }
    }
    return Vectors.sparse(features, indices, values);
  }

  private int index(String text, String part) throws InvalidValueException {
    try {
      int index = Integer.parseInt(text);
      if (index >= 1 && index <= features) {
        return index;
      }
    } catch (NumberFormatException e) {
      throw new InvalidValueException(LINE, part);
    }
    throw new InvalidValueException("indices must be from 1 to " + features, part);
  }

  private static double number(String text, String part) throws InvalidValueException {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new InvalidValueException(LINE, part);
    }
  }
}
