package io.evenstep.driver.stage;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.config.Configurator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the libraries below may log. */
public final class LibraryLog {
  private static final Logger log = LoggerFactory.getLogger(LibraryLog.class);
  private static final String LOADER = "org.bytedeco.javacpp";

  /**
   * Who complains when a local session opens slowly: its executor begins to send heartbeats before
   * Spark has registered the executor's blocks. Spark repeats them and nothing is lost.
   */
  private static final List<String> OPENING =
      List.of(
          "org.apache.spark.rpc.netty.Inbox",
          "org.apache.spark.rpc.netty.NettyRpcEnv",
          "org.apache.spark.executor.Executor");

  private LibraryLog() {}

  /** Suppresses all messages below warnings, as Spark does in a session of its own. */
  public static void warningsOnly() {
    try {
      Configurator.setRootLevel(Level.WARN);
    } catch (LinkageError e) { // Spark may use another logging backend than Log4j
      log.debug("Cannot set the root level", e);
    }
  }

  /** Opens a local session without the harmless errors of a slow start. */
  public static <T> T opening(Supplier<T> open) {
    Map<String, Level> before = new LinkedHashMap<>();
    try {
      for (String name : OPENING) {
        before.put(name, LogManager.getLogger(name).getLevel());
        Configurator.setLevel(name, Level.OFF);
      }
    } catch (LinkageError e) { // Spark may use another logging backend than Log4j
      log.debug("Cannot set the levels of {}", OPENING, e);
    }
    try {
      return open.get();
    } finally {
      before.forEach(Configurator::setLevel);
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
