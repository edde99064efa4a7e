package io.evenstep.driver.cli;

import io.evenstep.driver.control.TemporaryException;
import io.evenstep.driver.data.file.FaultOrigin;
import io.evenstep.model.ConfigException;
import io.evenstep.model.NativeMemory;
import io.evenstep.model.Reason;
import java.io.IOException;
import java.util.Optional;

/**
 * Explains failures without a message of their own: those caused by memory, files, the network or
 * third-party code.
 */
final class Surroundings {
  private Surroundings() {}

  /** The failure itself, or one that names the remedy when the cause is outside Evenstep. */
  static Throwable translated(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof OutOfMemoryError) {
        return new ConfigException(
            "Cannot continue: this process has run out of memory, "
                + cause.getMessage()
                + "; its Java heap has "
                + NativeMemory.words(Runtime.getRuntime().maxMemory())
                + ": give it more with EVENSTEP_DRIVER_MEMORY (--driver-memory under spark-submit)",
            failure);
      }
      if (cause instanceof IOException) {
        return new TemporaryException(
            "Cannot continue: a file or the network failed, " + Reason.of(cause), failure);
      }
    }
    return ofOthers(failure).orElse(failure);
  }

  /** An exception thrown by Spark, Hadoop or other third-party code. */
  private static Optional<Throwable> ofOthers(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String reason = Reason.of(root).lines().findFirst().orElse("");
    return FaultOrigin.ofOthers(failure)
        .map(
            place ->
                new TemporaryException(
                    "Cannot continue: "
                        + place.replaceFirst("\\.[A-Z].*", "")
                        + " failed, "
                        + reason
                        + "; see the log for details",
                    failure));
  }
}
