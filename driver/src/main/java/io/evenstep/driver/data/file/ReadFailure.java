package io.evenstep.driver.data.file;

import com.univocity.parsers.common.TextParsingException;
import io.evenstep.driver.control.TemporaryException;
import io.evenstep.model.ConfigException;
import io.evenstep.model.DataException;
import io.evenstep.model.Reason;
import io.evenstep.model.StorageException;
import io.evenstep.worker.checkpoint.FileFault;
import java.io.EOFException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.function.Supplier;
import java.util.zip.ZipException;
import org.apache.spark.SparkException;
import org.apache.spark.TaskKilledException;
import org.apache.spark.rdd.InputFileBlockHolder;
import org.apache.spark.shuffle.FetchFailedException;
import org.apache.spark.sql.AnalysisException;

/**
 * What a failure while reading means to the person who owns the data: the one place where what
 * Spark, Hadoop and the readers of formats throw gets its remedy.
 */
public final class ReadFailure {
  private ReadFailure() {}

  /** The innermost reason, in words. */
  public static String reason(Throwable failure) {
    Throwable cause = failure;
    for (Throwable t = failure; t != null; t = t.getCause()) {
      cause = t;
      if (t.getCause() instanceof URISyntaxException) {
        return "Hadoop reads no name with a colon: rename the file";
      } else if (t instanceof EOFException) {
        return "the file is truncated: " + words(t);
      } else if (t instanceof ZipException) {
        return "the file is damaged: " + words(t);
      } else if (t instanceof DataException
          || t instanceof UnreadableFileException
          || t instanceof LineTooLongException) {
        return words(t);
      } else if (t instanceof TextParsingException
          && t.getCause() instanceof RuntimeException inParser) {
        return ofParser(inParser);
      }
    }
    return words(cause);
  }

  /**
   * A failure of a reader, as the exception that names its remedy.
   *
   * @param what was read
   * @return what is Spark's own affair, or a fault of ours, as it is
   */
  public static RuntimeException of(String what, Exception failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof ConfigException
          || t instanceof DataException
          || t instanceof StorageException
          || t instanceof TemporaryException) {
        return (RuntimeException) t;
      } else if (t instanceof UnreadableFileException unreadable && !mayHeal(t)) {
        String file = RowProblem.fileName(unreadable.file());
        return new DataException("Cannot read " + file + ": " + firstLine(unreadable), failure);
      }
    }
    if (String.valueOf(failure.getMessage()).contains("ExecutorLostFailure")) {
      return new TemporaryException("Cannot read " + what + " now: executors were lost", failure);
    } else if (isSparks(failure) || isOurs(failure)) {
      return failure instanceof RuntimeException own ? own : new IllegalStateException(failure);
    } else if (mayHeal(failure)) {
      String why = FileFault.in(failure).map(FileFault::words).orElseGet(() -> firstLine(failure));
      return new TemporaryException("Cannot read " + what + " now: " + why, failure);
    }
    return new DataException("Cannot read " + what + ": " + firstLine(failure), failure);
  }

  /**
   * Does some work of Spark's on the rows of a source.
   *
   * @throws DataException and others, as {@link #of} has it
   */
  public static <T> T translated(String what, Supplier<T> work) {
    try {
      return work.get();
    } catch (Exception e) { // [Scala throws checked ones too]
      throw of(what, e);
    }
  }

  /** As {@link #translated(String, Supplier)}, of work that gives nothing back. */
  public static void translated(String what, Runnable work) {
    var unused =
        translated(
            what,
            () -> {
              work.run();
              return true;
            });
  }

  /**
   * A failure of the reader of some rows, as a problem of the file it was reading.
   *
   * @param lastFile file of the row before
   */
  public static RowProblem problem(Exception failure, String lastFile) {
    requireReaders(failure);
    String open = InputFileBlockHolder.getInputFilePath().toString();
    String file = open.isEmpty() ? lastFile : open;
    if (failure instanceof UnreadableFileException unreadable) {
      file = unreadable.file();
    }
    return new RowProblem(file, -1, "", firstLine(failure));
  }

  /** Whether there is no reader of a name. */
  public static boolean isUnknownReader(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof ClassNotFoundException
          || (t instanceof AnalysisException && words(t).contains("Failed to find data source"))) {
        return true;
      }
    }
    return false;
  }

  /** Rethrows what is no reader's failure, or goes away when the task is tried again. */
  public static void requireReaders(Exception failure) {
    if (isSparks(failure) || isOurs(failure) || mayHeal(failure)) {
      throw failure instanceof RuntimeException own ? own : new IllegalStateException(failure);
    }
  }

  /** A killed task, a lost shuffle file, a lost executor, a job that was cancelled. */
  private static boolean isSparks(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof TaskKilledException
          || t instanceof FetchFailedException
          || t instanceof InterruptedException
          || t instanceof Error
          || (t instanceof SparkException && t.getCause() == null && isOfScheduler(t))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOfScheduler(Throwable t) {
    return t.getStackTrace().length > 0
        && t.getStackTrace()[0].getClassName().startsWith("org.apache.spark.scheduler.");
  }

  /** Whether it began in our own code, and so is a fault of ours. */
  private static boolean isOurs(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && !(cause instanceof UnreadableFileException)) {
      cause = cause.getCause();
    }
    if (cause instanceof UnreadableFileException || cause instanceof java.io.IOException) {
      return false;
    }
    for (StackTraceElement frame : cause.getStackTrace()) {
      if (!frame.getClassName().startsWith("java.") && !frame.getClassName().startsWith("jdk.")) {
        return frame.getClassName().startsWith("io.evenstep.");
      }
    }
    return false;
  }

  /** Whether nobody answered: a server may be back when the run is tried again. */
  private static boolean mayHeal(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof SocketException
          || t instanceof SocketTimeoutException
          || t instanceof UnknownHostException) {
        return true;
      }
    }
    return false;
  }

  /** The parser's own message goes on with all of its settings. */
  private static String ofParser(RuntimeException failure) {
    if (failure instanceof ArrayIndexOutOfBoundsException) {
      return "a row has more fields or longer ones than data.options.maxColumns and"
          + " maxCharsPerColumn allow";
    }
    return words(failure).lines().findFirst().orElse("");
  }

  private static String firstLine(Throwable failure) {
    return reason(failure).lines().findFirst().orElse("");
  }

  private static String words(Throwable t) {
    return Reason.of(t);
  }
}
