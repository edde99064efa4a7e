package io.evenstep.driver.cli;

/** The one place that says which classes do the commands' work. */
final class Wiring {
  private Wiring() {}

  /** The real ones. */
  static Jobs jobs() {
    return new Jobs(
        (job, options, spark, progress) -> {
          throw new UnsupportedOperationException("TrainJob is not wired yet");
        },
        (run, job, spark, progress) -> {
          throw new UnsupportedOperationException("EvaluateJob is not wired yet");
        },
        (request, spark, progress) -> {
          throw new UnsupportedOperationException("PredictJob is not wired yet");
        });
  }
}
