package io.evenstep.driver.stage;

import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the native libraries' loader logs. */
public final class LibraryLog {
  private static final Logger log = LoggerFactory.getLogger(LibraryLog.class);
  private static final String LOADER = "org.bytedeco.javacpp";

  private LibraryLog() {}

  /**
   * Leaves out that a library is older than its loader: ND4J's are, and run with it. To be called
   * once Spark has set up its log, and before a library is loaded.
   */
  public static void quiet() {
    try {
      Configurator.setLevel(LOADER, Level.ERROR);
    } catch (LinkageError e) { // Spark's log can be another one's than Log4j's
      log.debug("Cannot set the level of {}", LOADER, e);
    }
  }
}
