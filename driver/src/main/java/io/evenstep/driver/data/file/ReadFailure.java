package io.evenstep.driver.data.file;

import com.univocity.parsers.common.TextParsingException;
import io.evenstep.driver.control.TemporaryException;
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
import java.util.zip.ZipException;
import org.apache.hadoop.fs.Path;
import org.apache.spark.rdd.InputFileBlockHolder;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

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

  /** What names its remedy already. */
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

  /** A failure of a job that reads rows and writes what comes of them. */
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
   * Does some work of Spark's on the rows of a source.
   *
   * @throws DataException and others, as {@link #of} has it
   */
  public static <T> T translated(String what, Supplier<T> work) {
    try {
      return work.get();
    } catch (Exception e) { // Scala throws checked ones too
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
   * A failure of the reader of rows that were read well before, to be thrown in a task.
   *
   * @param last the row before; null where there was none
   * @return the failure itself where no file is known
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
    if (isNoReaders(failure) || mayHeal(failure)) {
      throw unchecked(failure);
    }
  }

  private static boolean isNoReaders(Throwable failure) {
    return FaultOrigin.isSparks(failure) || FaultOrigin.isOurs(failure) || isOfWriting(failure);
  }

  /** Whether a disk that something was written to is the reason, and not what is read. */
  private static boolean isOfWriting(Throwable failure) {
    return FileFault.in(failure)
        .filter(fault -> fault == FileFault.FULL || fault == FileFault.READ_ONLY)
        .isPresent();
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
