package io.evenstep.driver.report.live;

import io.evenstep.driver.event.RunEnd;
import io.evenstep.driver.event.RunListener;
import io.evenstep.driver.event.RunStart;
import io.evenstep.driver.report.PageSource;
import io.evenstep.model.Reason;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the report page from the start of a run to its end. It delays the end by at most a second.
 * If no port is free, the run continues without the page.
 */
public final class LivePage implements RunListener {
  private static final Logger log = LoggerFactory.getLogger(LivePage.class);

  private final PageSource source;
  private final InetSocketAddress address;
  private final Consumer<String> says;
  private Optional<PageServer> server = Optional.empty();

  /**
   * Serves the data of {@code source}.
   *
   * @param address host name, and the port to try first, or 0 for any
   * @param says takes a line for the user
   */
  public LivePage(PageSource source, InetSocketAddress address, Consumer<String> says) {
    this.source = source;
    this.address = address;
    this.says = says;
  }

  @Override
  public void runBegins(RunStart start) {
    try {
      PageServer begun = PageServer.start(address, new RunView(source, start));
      server = Optional.of(begun);
      says.accept("Live page: " + begun.url());
    } catch (IOException e) {
      log.warn(
          "Cannot serve the live page on {}; the run continues: {}",
          address.getHostString(),
          Reason.of(e));
    }
  }

  @Override
  public void runEnds(RunEnd end) {
    server.ifPresent(PageServer::finish);
  }

  @Override
  public void runFails(String reason) {
    server.ifPresent(PageServer::finish);
  }

  /** Stops listening. */
  @Override
  public void close() {
    server.ifPresent(PageServer::close);
    server = Optional.empty();
  }
}
