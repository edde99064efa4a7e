package io.evenstep.driver.control;

/** Shows the progress of a job to the user. Thread-safe. */
public interface Progress extends AutoCloseable {
  /** Reports something finished, such as {@code Packed 1,797 rows}. */
  void say(String line);

  /**
   * A task of known length begins; the previous one ends.
   *
   * @param task such as {@code Training}
   * @param total the number of steps, rows or other units, at least 1
   */
  void begin(String task, long total);

  /**
   * Reports how far the current task is.
   *
   * @param done units of the total
   * @param detail such as {@code epoch 2/5, loss 0.132, 9,800 examples/s}
   */
  void at(long done, String detail);

  /** The task has ended, successfully or not. */
  void end();

  /** Ends the display. */
  @Override
  default void close() {
    end();
  }

  /** Shows nothing. */
  Progress SILENT =
      new Progress() {
        @Override
        public void say(String line) {}

        @Override
        public void begin(String task, long total) {}

        @Override
        public void at(long done, String detail) {}

        @Override
        public void end() {}
      };
}
