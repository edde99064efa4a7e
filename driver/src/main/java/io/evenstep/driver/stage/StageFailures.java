package io.evenstep.driver.stage;

import io.evenstep.driver.stage.RankOutcome.Failed;
import io.evenstep.driver.stage.RankOutcome.Kind;
import io.evenstep.model.ConfigException;
import io.evenstep.model.DataException;
import io.evenstep.model.DivergedException;
import io.evenstep.model.StorageException;
import io.evenstep.worker.mesh.RankLostException;
import io.evenstep.worker.progress.StoppedException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Comparator;
import java.util.List;

/** Carries the cause of a failed attempt from the ranks to the driver. */
final class StageFailures {
  private static final String ROOM =
      "give it more memory (EVENSTEP_DRIVER_MEMORY for a local run, spark.executor.memory on a"
          + " cluster), or use a smaller batch or network";

  private StageFailures() {}

  /** A rank's failure as a value. */
  static Failed of(int rank, Throwable failure) {
    Kind kind = kind(failure);
    String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    if (failure instanceof OutOfMemoryError) {
      message = "Cannot train: rank " + rank + " has run out of memory, " + message + "; " + ROOM;
    }
    return new Failed(rank, kind, message, kind == Kind.BUG ? trace(failure) : "");
  }

  private static Kind kind(Throwable failure) {
    if (failure instanceof DataException) {
      return Kind.DATA;
    }
    if (failure instanceof ConfigException || failure instanceof OutOfMemoryError) {
      return Kind.CONFIG;
    }
    if (failure instanceof StorageException) {
      return Kind.STORAGE;
    }
    if (failure instanceof DivergedException) {
      return Kind.DIVERGED;
    }
    if (failure instanceof StoppedException) {
      return Kind.STOPPED;
    }
    return failure instanceof RankLostException ? Kind.RANK_LOST : Kind.BUG;
  }

  /** The failure that explains the others, as the exception that names its remedy. */
  static RuntimeException cause(List<Failed> failures) {
    Failed first =
        failures.stream()
            .min(Comparator.comparing(Failed::kind).thenComparing(Failed::rank))
            .orElseThrow();
    return switch (first.kind()) {
      case DATA -> new DataException(first.message());
      case CONFIG -> new ConfigException(first.message());
      case STORAGE -> new StorageException(first.message());
      case DIVERGED -> new DivergedException(first.message());
      case STOPPED -> new StoppedException(first.message());
      case RANK_LOST -> new AttemptLostException(first.message());
      case BUG ->
          new IllegalStateException(
              "Rank " + first.rank() + " failed: " + first.message() + "\n" + first.trace());
    };
  }

  private static String trace(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
