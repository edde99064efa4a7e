package io.evenstep.driver.data;

import io.evenstep.model.DataException;
import java.io.EOFException;
import java.util.zip.ZipException;
import org.apache.spark.TaskKilledException;
import org.apache.spark.rdd.InputFileBlockHolder;
import org.apache.spark.shuffle.FetchFailedException;

/** What a failure while reading means to the person who owns the data. */
final class ReadFailure {
  private ReadFailure() {}

  /** The innermost reason, in words. */
  static String reason(Throwable failure) {
    Throwable cause = failure;
    for (Throwable t = failure; t != null; t = t.getCause()) {
      cause = t;
      if (t instanceof EOFException) {
        return "the file is truncated: " + words(t);
      } else if (t instanceof ZipException) {
        return "the file is damaged: " + words(t);
      } else if (t instanceof DataException || t instanceof UnreadableFileException) {
        return words(t);
      }
    }
    return words(cause);
  }

  /**
   * A failure of the reader of some rows, as a problem of the file it was reading.
   *
   * @param lastFile file of the row before
   */
  static RowProblem problem(Exception failure, String lastFile) {
    rethrowIfSparks(failure);
    String open = InputFileBlockHolder.getInputFilePath().toString();
    String file = open.isEmpty() ? lastFile : open;
    if (failure instanceof UnreadableFileException unreadable) {
      file = unreadable.file();
    }
    return new RowProblem(file, -1, "", reason(failure));
  }

  /** Rethrows what is Spark's own affair: a killed task, a lost shuffle file. */
  private static void rethrowIfSparks(Exception failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof TaskKilledException
          || t instanceof FetchFailedException
          || t instanceof InterruptedException) {
        throw failure instanceof RuntimeException own ? own : new IllegalStateException(failure);
      }
    }
  }

  private static String words(Throwable t) {
    String message = t.getMessage();
    return message == null ? t.getClass().getSimpleName() : message;
  }
}
