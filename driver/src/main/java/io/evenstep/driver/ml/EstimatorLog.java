package io.evenstep.driver.ml;

import io.evenstep.driver.control.Progress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the progress of a fit to the log, as other parts of Spark do. */
final class EstimatorLog implements Progress {
  private static final Logger log = LoggerFactory.getLogger(EstimatorLog.class);

  private final String uid;

  EstimatorLog(String uid) {
    this.uid = uid;
  }

  @Override
  public void say(String line) {
    log.info("{}: {}", uid, line);
  }

  @Override
  public void begin(String task, long total) {
    log.info("{}: {}, {} steps", uid, task, total);
  }

  @Override
  public void at(long done, String detail) {
    log.debug("{}: step {}, {}", uid, done, detail);
  }

  @Override
  public void end() {
    log.debug("{}: training has ended", uid);
  }
}
