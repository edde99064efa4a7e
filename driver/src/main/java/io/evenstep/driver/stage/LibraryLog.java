package io.evenstep.driver.stage;

import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log of the native library loader. */
public final class LibraryLog {
  private static final Logger log = LoggerFactory.getLogger(LibraryLog.class);
  private static final String LOADER = "org.bytedeco.javacpp";

  private LibraryLog() {}

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
