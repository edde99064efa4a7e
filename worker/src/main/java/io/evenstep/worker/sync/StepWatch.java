package io.evenstep.worker.sync;

/** Looks at the gradient and the parameters around an update. Changes neither. */
public interface StepWatch {
  /** Does nothing. */
  StepWatch NONE =
      new StepWatch() {
        @Override
        public void before(int rows) {}

        @Override
        public void after(long step, int epoch) {}
      };

  /**
   * The gradient is complete, and the parameters are about to change.
   *
   * @param rows rows that the gradient is summed over
   */
  void before(int rows);

  /**
   * The parameters have changed.
   *
   * @param step global steps done before this one
   */
  void after(long step, int epoch);
}
