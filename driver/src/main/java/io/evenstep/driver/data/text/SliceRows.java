package io.evenstep.driver.data.text;

import io.evenstep.driver.data.file.ReadFailure;
import io.evenstep.driver.data.file.UnreadableFileException;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.Row;
import org.apache.spark.util.TaskCompletionListener;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one slice of a text file. The slice is opened with the first row, so that a failure
 * occurs while rows are read, and closed when the task ends.
 */
abstract class SliceRows implements Iterator<Row> {
  private final TextSlice slice;
  private boolean opened;
  private @Nullable Row next;

  SliceRows(TextSlice slice) {
    this.slice = slice;
  }

  /** Opens the slice; the result is closed when the task ends. */
  abstract Closeable open() throws IOException;

  /** The next row; null after the last. */
  abstract @Nullable Row read() throws IOException;

  @Override
  public final boolean hasNext() {
    try {
      if (!opened) {
        Closeable source = open();
        TaskCompletionListener close = context -> close(source);
        TaskContext.get().addTaskCompletionListener(close);
        opened = true;
      }
      next = next == null ? read() : next;
      return next != null;
    } catch (IOException | RuntimeException e) {
      ReadFailure.requireReaders(e);
      throw new UnreadableFileException(slice.uri(), ReadFailure.reason(e), e);
    }
  }

  @Override
  public final Row next() {
    Row row = hasNext() ? next : null;
    if (row == null) {
      throw new NoSuchElementException();
    }
    next = null;
    return row;
  }

  private static void close(Closeable source) {
    try {
      source.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
