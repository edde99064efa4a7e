package io.evenstep.driver.report.live;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;

/**
 * Serves one run's page: {@code /} is the page, and {@code /events} sends its data every second as
 * server-sent events. {@link Guard} decides who may see them. All threads are daemons and end with
 * {@link #close}.
 */
final class PageServer implements AutoCloseable {
  private static final Duration FAREWELL = Duration.ofSeconds(1);
  private static final int PORTS_TRIED = 32;
  private static final int MORE_THREADS = 4; // threads for pages; viewers have their own

  private final HttpServer server;
  private final Guard guard;
  private final Feed feed;
  private final RunView run;
  private final ExecutorService threads =
      Executors.newFixedThreadPool(Feed.MOST_WATCHERS + MORE_THREADS, PageServer::daemon);

  private PageServer(HttpServer server, Guard guard, RunView run) {
    this.server = server;
    this.guard = guard;
    this.run = run;
    this.feed = new Feed(run);
  }

  /**
   * Starts the server.
   *
   * @param wanted host name, and the port to try first
   * @throws IOException when the host is not this machine, or no port is free
   */
  static PageServer start(InetSocketAddress wanted, RunView run) throws IOException {
    InetAddress host = InetAddress.getByName(wanted.getHostString());
    HttpServer server = bound(host, wanted.getPort());
    Guard guard = Guard.of(host, wanted.getHostString(), server.getAddress().getPort());
    PageServer begun = new PageServer(server, guard, run);
    server.createContext("/", begun::answer);
    server.setExecutor(begun.threads);
    begun.listen();
    return begun;
  }

  /** The first free port, starting at the requested one; if all are in use, any free port. */
  private static HttpServer bound(InetAddress host, int port) throws IOException {
    for (int i = 0; i < PORTS_TRIED && port > 0 && port + i <= 65_535; i++) {
      try {
        return HttpServer.create(new InetSocketAddress(host, port + i), 0);
      } catch (BindException e) {
        continue; // in use
      }
    }
    return HttpServer.create(new InetSocketAddress(host, 0), 0);
  }

  /** The server's thread is a daemon if the thread that starts it is one. */
  private void listen() {
    FutureTask<Boolean> starts = new FutureTask<>(server::start, true);
    Thread starter = daemon(starts);
    starter.start();
    try {
      starts.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (java.util.concurrent.ExecutionException e) {
      throw new IllegalStateException("Cannot start the live page's server", e);
    }
  }

  private static Thread daemon(Runnable work) {
    Thread made = new Thread(work, "evenstep-live-page");
    made.setDaemon(true);
    return made;
  }

  /** The address of the page for a browser, with the token if one is needed. */
  String url() {
    return guard.url();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Optional<Guard.Refusal> refusal = guard.refusal(exchange);
      String path = exchange.getRequestURI().getPath();
      if (refusal.isPresent()) {
        send(exchange, refusal.get().status(), "text/plain", refusal.get().words());
      } else if (guard.admits(exchange)) {
        exchange.getResponseHeaders().set("Location", "/");
        send(exchange, 303, "text/plain", "See /");
      } else if (path.equals("/")) {
        send(exchange, 200, "text/html", run.page());
      } else if (path.equals("/events")) {
        stream(exchange);
      } else {
        send(exchange, 404, "text/plain", "There is nothing but / and /events here.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void send(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    head(exchange, type);
    exchange.sendResponseHeaders(status, bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  private static void head(HttpExchange exchange, String type) {
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", type + "; charset=utf-8");
    headers.set("Cache-Control", "no-store");
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("X-Frame-Options", "DENY");
    headers.set("Referrer-Policy", "no-referrer");
  }

  /** Sends each update until the run ends or the browser disconnects. */
  private void stream(HttpExchange exchange) throws IOException, InterruptedException {
    if (!feed.join()) {
      send(exchange, 503, "text/plain", "Too many pages watch this run.");
      return;
    }
    try {
      head(exchange, "text/event-stream");
      exchange.sendResponseHeaders(200, 0);
      OutputStream out = exchange.getResponseBody();
      long seen = 0;
      for (Optional<Feed.Update> next = feed.after(seen); next.isPresent(); ) {
        seen = next.get().number();
        String event = next.get().last() ? "end" : "data";
        String text = "event: " + event + "\ndata: " + next.get().json() + "\n\n";
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
        next = feed.after(seen);
      }
    } finally {
      feed.leave();
    }
  }

  /** Sends the last data to all viewers and waits for them at most a second. */
  void finish() {
    feed.finish(FAREWELL);
  }

  @Override
  public void close() {
    feed.close();
    server.stop(0);
    threads.shutdownNow();
  }
}
