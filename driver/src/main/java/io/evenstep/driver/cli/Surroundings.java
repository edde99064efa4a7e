package io.evenstep.driver.cli;

import io.evenstep.driver.control.TemporaryException;
import io.evenstep.model.ConfigException;
import io.evenstep.model.NativeMemory;
import io.evenstep.model.Reason;
import java.io.IOException;

/** What a failure means that nobody else has told, and that memory, files or the network cause. */
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
    return failure;
  }
}
