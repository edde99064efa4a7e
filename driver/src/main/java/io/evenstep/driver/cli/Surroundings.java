package io.evenstep.driver.cli;

import io.evenstep.driver.control.TemporaryException;
import io.evenstep.driver.data.file.FaultOrigin;
import io.evenstep.model.ConfigException;
import io.evenstep.model.NativeMemory;
import io.evenstep.model.Reason;
import java.io.IOException;
import java.util.Optional;

/**
 * What a failure means that nobody else has told, and that memory, files, the network or others'
 * code causes.
 */
final class Surroundings {
  private Surroundings() {}

  /** The failure, or what to do where its reason lies around us. */
  static Throwable translated(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof OutOfMemoryError) {
        return new ConfigException(
            "Cannot go on: this process has no memory left, "
                + cause.getMessage()
                + "; its Java heap has "
                + NativeMemory.words(Runtime.getRuntime().maxMemory())
                + ": give it more with EVENSTEP_DRIVER_MEMORY (--driver-memory under spark-submit)",
            failure);
      }
      if (cause instanceof IOException) {
        return new TemporaryException(
            "Cannot go on: a file or the network failed, " + Reason.of(cause), failure);
      }
    }
    return ofOthers(failure).orElse(failure);
  }

  /** What Spark, Hadoop or other code that is not ours throws while it works. */
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
                    "Cannot go on: "
                        + place.replaceFirst("\\.[A-Z].*", "")
                        + " failed, "
                        + reason
                        + "; the log says more",
                    failure));
  }
}
