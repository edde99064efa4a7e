package io.evenstep.driver.stage;

import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the libraries below may log. */
public final class LibraryLog {
  private static final Logger log = LoggerFactory.getLogger(LibraryLog.class);
  private static final String LOADER = "org.bytedeco.javacpp";

  private LibraryLog() {}

  /** Suppresses all messages below warnings, as Spark does in a session of its own. */
  public static void warningsOnly() {
    try {
      Configurator.setRootLevel(Level.WARN);
    } catch (LinkageError e) { // Spark may use another logging backend than Log4j
      log.debug("Cannot set the root level", e);
    }
  }

  /**
   * Suppresses the warning that a library is older than its loader, which is harmless for ND4J.
   * Call it after Spark has set up its log and before a library is loaded.
   */
  public static void quiet() {
    try {
      Configurator.setLevel(LOADER, Level.ERROR);
    } catch (LinkageError e) { // Spark may use another logging backend than Log4j
      log.debug("Cannot set the level of {}", LOADER, e);
    }
  }
}
