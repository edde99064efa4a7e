package io.evenstep.driver.cli;

import java.util.Set;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;
import org.apache.logging.log4j.core.layout.PatternLayout;

/**
 * What a user would see of the log on the console, with conf/log4j2.properties: warnings and worse.
 */
public final class ConsoleLog extends AbstractAppender implements AutoCloseable {
  private static final Set<String> MUTED =
      Set.of("org.apache.hadoop.util.NativeCodeLoader", "org.apache.spark.util.Utils");

  private final LoggerContext context = (LoggerContext) LogManager.getContext(false);
  private final Level before = root().getLevel();
  private final StringBuilder lines = new StringBuilder(); // guarded by itself

  private ConsoleLog() {
    super("console-log", null, layout(), false, Property.EMPTY_ARRAY);
  }

  /** Begins to listen. */
  static ConsoleLog open() {
    return open(Level.WARN);
  }

  /** Begins to listen to everything at least this severe, regardless of the configuration. */
  public static ConsoleLog open(Level least) {
    ConsoleLog log = new ConsoleLog();
    log.start();
    log.root().addAppender(log, least, null);
    log.root().setLevel(least.isLessSpecificThan(log.before) ? least : log.before);
    log.context.updateLoggers();
    return log;
  }

  @Override
  public void append(LogEvent event) {
    if (MUTED.contains(event.getLoggerName())) {
      return;
    }
    synchronized (lines) {
      lines.append(getLayout().toSerializable(event));
    }
  }

  @Override
  public String toString() {
    synchronized (lines) {
      return lines.toString();
    }
  }

  @Override
  public void close() {
    root().removeAppender(getName());
    root().setLevel(before);
    context.updateLoggers();
    stop();
  }

  private LoggerConfig root() {
    return context.getConfiguration().getRootLogger();
  }

  private static PatternLayout layout() {
    return PatternLayout.newBuilder().withPattern("%p %c{1}: %m%n").build();
  }
}
