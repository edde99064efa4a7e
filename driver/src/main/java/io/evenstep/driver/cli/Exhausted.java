package io.evenstep.driver.cli;

import io.evenstep.model.ConfigException;
import io.evenstep.model.NativeMemory;

/** What it means that this process has no memory left. */
final class Exhausted {
  private Exhausted() {}

  /** The failure, or what to do where memory was its reason. */
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
    }
    return failure;
  }
}
