package io.evenstep.driver.data.file;

import com.univocity.parsers.common.TextParsingException;
import io.evenstep.driver.control.TemporaryException;
import io.evenstep.driver.data.spec.TableFormat;
import io.evenstep.model.ConfigException;
import io.evenstep.model.DataException;
import io.evenstep.model.Reason;
import io.evenstep.model.StorageException;
import io.evenstep.worker.checkpoint.FileFault;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.zip.ZipException;
import org.apache.hadoop.fs.Path;
import org.apache.spark.rdd.InputFileBlockHolder;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * Translates failures while reading into messages for the owner of the data. This is the only place
 * that adds remedies to exceptions of Spark, Hadoop and format readers.
 */
public final class ReadFailure {
  private static final Pattern NOT_SET_UP_FOR_DELTA =
      Pattern.compile(
          "DELTA_CONFIGURE_SPARK_SESSION_WITH_EXTENSION_AND_CATALOG"
              + "|Table does not support reads: delta\\.");

  private ReadFailure() {}

  /** The text of the innermost cause. */
  public static String reason(Throwable failure) {
    Throwable cause = failure;
    for (Throwable t = failure; t != null; t = t.getCause()) {
      cause = t;
      if (t.getCause() instanceof URISyntaxException) {
        return "Hadoop cannot read a file with a colon in its name: rename the file";
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
   * Translates a failure of a reader into an exception that names the remedy.
   *
   * @param what was read
   * @return failures of Spark itself and our own bugs unchanged
   */
  public static RuntimeException of(String what, Exception failure) {
    Optional<RuntimeException> told = told(failure);
    if (told.isPresent()) {
      return told.get();
    } else if (String.valueOf(failure.getMessage()).contains("ExecutorLostFailure")) {
      return new TemporaryException("Cannot read " + what + " now: executors were lost", failure);
    } else if (isNoReaders(failure)) {
      return unchecked(failure);
    } else if (mayHeal(failure)) {
      return new TemporaryException("Cannot read " + what + " now: " + whyNow(failure), failure);
    }
    return new DataException("Cannot read " + what + ": " + firstLine(failure), failure);
  }

  /** The cause that already names a remedy. */
  private static Optional<RuntimeException> told(Exception failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof ConfigException
          || t instanceof DataException
          || t instanceof StorageException
          || t instanceof TemporaryException) {
        return Optional.of((RuntimeException) t);
      } else if (t instanceof UnreadableFileException unreadable && !mayHeal(t)) {
        String file = RowProblem.fileName(unreadable.file());
        return Optional.of(
            new DataException("Cannot read " + file + ": " + firstLine(unreadable), failure));
      } else if (NOT_SET_UP_FOR_DELTA.matcher(String.valueOf(t.getMessage())).find()) {
        return Optional.of(
            new ConfigException(
                "Cannot use Delta in this Spark session: it must be started with "
                    + TableFormat.DELTA.settingOptions(),
                failure));
      }
    }
    return Optional.empty();
  }

  private static String whyNow(Throwable failure) {
    return FileFault.in(failure).map(FileFault::words).orElseGet(() -> firstLine(failure));
  }

  private static RuntimeException unchecked(Exception failure) {
    return failure instanceof RuntimeException own ? own : new IllegalStateException(failure);
  }

  /** Translates a failure of a job that reads rows and writes results. */
  public static RuntimeException whileWriting(Path output, String what, Exception failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    boolean ofFiles = root instanceof IOException || FileFault.in(failure).isPresent();
    return ofFiles && told(failure).isEmpty()
        ? FileFault.of("Cannot write to", output, root instanceof IOException ? root : failure)
        : of(what, failure);
  }

  /**
   * Runs Spark work on the rows of a source.
   *
   * @throws DataException and others, translated by {@link #of}
   */
  public static <T> T translated(String what, Supplier<T> work) {
    try {
      return work.get();
    } catch (Exception e) { // Scala throws checked exceptions too
      throw of(what, e);
    }
  }

  /** Like {@link #translated(String, Supplier)}, without a result. */
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
   * Translates a failure of a reader into a problem of the file it was reading.
   *
   * @param lastFile file of the previous row
   */
  public static RowProblem problem(Exception failure, String lastFile) {
    requireReaders(failure);
    return new RowProblem(file(failure, lastFile), -1, "", firstLine(failure));
  }

  private static String file(Exception failure, String lastFile) {
    if (failure instanceof UnreadableFileException unreadable) {
      return unreadable.file();
    }
    String open = InputFileBlockHolder.getInputFilePath().toString();
    return open.isEmpty() ? lastFile : open;
  }

  /**
   * Translates a failure while reading rows that could be read before, to be thrown in a task.
   *
   * @param last the previous row; null if there was none
   * @return the failure itself if no file is known
   */
  public static RuntimeException unreadable(Exception failure, @Nullable Row last) {
    String file = file(failure, last == null ? "" : SourceTable.file(last));
    if (isNoReaders(failure) || file.isEmpty()) {
      return unchecked(failure);
    } else if (mayHeal(failure)) {
      String name = RowProblem.fileName(file);
      return new TemporaryException("Cannot read " + name + " now: " + whyNow(failure), failure);
    }
    return new UnreadableFileException(file, firstLine(failure), failure);
  }

  /** Whether there is no reader of that name. */
  public static boolean isUnknownReader(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof ClassNotFoundException
          || (t instanceof AnalysisException && words(t).contains("Failed to find data source"))) {
        return true;
      }
    }
    return false;
  }

  /**
   * Rethrows failures that are not the reader's, or that may disappear when the task is retried.
   */
  public static void requireReaders(Exception failure) {
    if (isNoReaders(failure) || mayHeal(failure)) {
      throw unchecked(failure);
    }
  }

  private static boolean isNoReaders(Throwable failure) {
    return FaultOrigin.isSparks(failure) || FaultOrigin.isOurs(failure) || isOfWriting(failure);
  }

  /** Whether the cause is a disk being written to, not the data being read. */
  private static boolean isOfWriting(Throwable failure) {
    return FileFault.in(failure)
        .filter(fault -> fault == FileFault.FULL || fault == FileFault.READ_ONLY)
        .isPresent();
  }

  /** Whether a server did not answer; it may be back when the run is retried. */
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

  /** The parser's own message also lists all of its settings. */
  private static String ofParser(RuntimeException failure) {
    if (failure instanceof ArrayIndexOutOfBoundsException) {
      return "a row has more or longer fields than data.options.maxColumns and maxCharsPerColumn"
          + " allow";
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
