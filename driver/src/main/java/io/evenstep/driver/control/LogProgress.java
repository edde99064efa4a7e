package io.evenstep.driver.control;

import org.slf4j.Logger;

/**
 * Progress for code without a terminal, written to its log like Spark's own.
 *
 * @param prefix of every line; may be empty
 */
public record LogProgress(Logger log, String prefix) implements Progress {
  @Override
  public void say(String line) {
    log.info("{}{}", prefix, line);
  }

  @Override
  public void begin(String task, long total) {
    log.info("{}{}, {} steps", prefix, task, total);
  }

  @Override
  public void at(long done, String detail) {
    log.debug("{}step {}, {}", prefix, done, detail);
  }

  @Override
  public void end() {
    log.debug("{}training has ended", prefix);
  }
}
