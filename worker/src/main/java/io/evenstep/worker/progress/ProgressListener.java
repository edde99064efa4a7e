package io.evenstep.worker.progress;

/** Hears how training goes. Called by the worker's thread, so it must be quick. */
@FunctionalInterface
public interface ProgressListener {
  /** Hears nothing. */
  ProgressListener SILENT = event -> {};

  /** Something happened; must not throw. */
  void report(ProgressEvent event);
}
