package io.evenstep.worker.progress;

/** Receives progress events. Called by the worker's thread, so it must be quick. */
@FunctionalInterface
public interface ProgressListener {
  /** Ignores all events. */
  ProgressListener SILENT = event -> {};

  /** Receives an event; must not throw. */
  void report(ProgressEvent event);
}
