package io.evenstep.driver.dl4j;

import io.evenstep.driver.control.Progress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes progress to the log, for code without a terminal. */
final class FitLog implements Progress {
  private static final Logger log = LoggerFactory.getLogger(EvenstepTrainingMaster.class);

  @Override
  public void say(String line) {
    log.info("{}", line);
  }

  @Override
  public void begin(String task, long total) {
    log.debug("{}: {} steps", task, total);
  }

  @Override
  public void at(long done, String detail) {
    log.debug("Step {}: {}", done, detail);
  }

  @Override
  public void end() {}
}
