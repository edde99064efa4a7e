package io.evenstep.driver.control;

/** Takes what a user likes to see while a job goes on. Every method may be called by any thread. */
public interface Progress extends AutoCloseable {
  /** One finished thing worth a line, such as {@code Packed 1,797 rows}. */
  void say(String line);

  /**
   * A piece of work of known length begins; the one before ends.
   *
   * @param task such as {@code Training}
   * @param total steps, rows or whatever is counted, at least 1
   */
  void begin(String task, long total);

  /**
   * How far the work has come.
   *
   * @param done of the total
   * @param detail such as {@code epoch 2/5, loss 0.132, 9,800 examples/s}
   */
  void at(long done, String detail);

  /** The piece of work has ended, well or not. */
  void end();

  /** Ends, so that a job can be shown in a try block. */
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
