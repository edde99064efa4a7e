package io.evenstep.driver.data.source;

import io.evenstep.driver.data.file.ReadFailure;
import io.evenstep.driver.data.file.UnreadableFileException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.TaskCompletionListener;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one slice. Files are opened with the first row, so that a failure occurs while rows
 * are read, and closed when the task ends.
 */
final class IdxRows implements Iterator<Row> {
  private final IdxSlice slice;
  private final StructType schema;
  private final Items images;
  private final Optional<Items> labels;
  private int read;

  IdxRows(Configuration conf, IdxSlice slice, StructType schema) {
    this.slice = slice;
    this.schema = schema;
    this.images = new Items(conf, slice.images());
    this.labels = Optional.ofNullable(slice.labels()).map(file -> new Items(conf, file));
  }

  @Override
  public boolean hasNext() {
    return read < slice.count();
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    byte[] image = images.next();
    Integer label = labels.map(items -> items.next()[0] & 0xff).orElse(null);
    read++;
    @Nullable Object[] cells = {image, label, slice.images().path()};
    return new GenericRowWithSchema(cells, schema);
  }

  /** The items of one file, starting at the slice's first. */
  private final class Items {
    private final Configuration conf;
    private final IdxFile file;
    private Optional<InputStream> stream = Optional.empty();

    Items(Configuration conf, IdxFile file) {
      this.conf = conf;
      this.file = file;
    }

    byte[] next() {
      try {
        byte[] item = open().readNBytes(file.itemBytes());
        if (item.length < file.itemBytes()) {
          throw new EOFException("Unexpected end of file");
        }
        return item;
      } catch (IOException e) {
        throw new UnreadableFileException(
            file.path(),
            ReadFailure.reason(e)
                + ", after item "
                + (slice.start() + read)
                + " of "
                + file.items(),
            e);
      }
    }

    private InputStream open() throws IOException {
      if (stream.isEmpty()) {
        InputStream in = file.openAt(conf, slice.start());
        TaskCompletionListener close = context -> close(in);
        TaskContext.get().addTaskCompletionListener(close);
        stream = Optional.of(in);
      }
      return stream.get();
    }
  }

  private static void close(InputStream in) {
    try {
      in.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
