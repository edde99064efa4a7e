package io.evenstep.worker.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RefusalsTest {
  private static final SocketAddress STRANGER = new InetSocketAddress("10.0.0.9", 4711);

  private final AtomicLong nanos = new AtomicLong(-5);
  private final Refusals refusals = new Refusals(nanos::get);
  private final Lines lines = new Lines();

  @BeforeEach
  void listen() {
    lines.start();
    Configurator.setLevel(logger(), Level.WARN);
    logger().setAdditive(false);
    logger().addAppender(lines);
  }

  @AfterEach
  void stop() {
    logger().setAdditive(true);
    logger().removeAppender(lines);
    Configurator.setLevel(logger(), Level.ERROR);
  }

  @Test
  void saysTheFirstOnesInFullAndThenOneLineAMinute() {
    knock(1000);
    assertThat(lines.heard).hasSize(Refusals.IN_FULL);
    assertThat(lines.heard.get(0)).isEqualTo("Refused a connection from /10.0.0.9:4711: no secret");

    pass(Duration.ofSeconds(59));
    knock(1000);
    assertThat(lines.heard).hasSize(Refusals.IN_FULL);

    pass(Duration.ofSeconds(1));
    knock(1000);
    assertThat(lines.heard).hasSize(Refusals.IN_FULL + 1);
    assertThat(lines.heard.get(Refusals.IN_FULL))
        .isEqualTo("Refused 1991 more connections, the last from /10.0.0.9:4711: no secret");
  }

  @Test
  void saysWhatIsLeftWhenThePortIsClosed() {
    knock(15);
    refusals.close();
    refusals.close();
    assertThat(lines.heard)
        .hasSize(Refusals.IN_FULL + 1)
        .last()
        .asString()
        .startsWith("Refused 5 more");
  }

  private void knock(int times) {
    for (int i = 0; i < times; i++) {
      refusals.add(STRANGER, "no secret");
    }
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private static Logger logger() {
    return (Logger) LogManager.getLogger(Refusals.class);
  }

  private static final class Lines extends AbstractAppender {
    private final List<String> heard = new ArrayList<>();

    Lines() {
      super("lines", null, null, true, Property.EMPTY_ARRAY);
    }

    @Override
    public void append(LogEvent event) {
      heard.add(event.getMessage().getFormattedMessage());
    }
  }
}
