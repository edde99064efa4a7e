package io.evenstep.driver.report.live;

import com.sun.net.httpserver.HttpExchange;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Decides who may see a live page. On loopback, a request must use a loopback host name, so that
 * another site cannot point its own name here. On other addresses, a request must carry the token,
 * which is new for each run: first in the query of the address, then in a cookie.
 */
final class Guard {
  private static final int TOKEN_BYTES = 18;
  private static final String QUERY = "token=";

  private final String host; // as written in an address
  private final int port;
  private final Optional<String> token;

  /**
   * Why a request is refused.
   *
   * @param status of HTTP
   */
  record Refusal(int status, String words) {}

  private Guard(String host, int port, Optional<String> token) {
    this.host = host;
    this.port = port;
    this.token = token;
  }

  /**
   * Guards the server at this address.
   *
   * @param name of the address, as the user wrote it
   */
  static Guard of(InetAddress address, String name, int port) {
    String host = address.isAnyLocalAddress() ? localName() : name;
    boolean bare = host.contains(":") && !host.startsWith("[");
    Optional<String> token = address.isLoopbackAddress() ? Optional.empty() : Optional.of(fresh());
    return new Guard(bare ? "[" + host + "]" : host, port, token);
  }

  private static String localName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (java.net.UnknownHostException e) {
      return "localhost"; // this name also works when the machine does not know its own
    }
  }

  private static String fresh() {
    byte[] bytes = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  String url() {
    return "http://" + host + ":" + port + "/" + token.map(is -> "?" + QUERY + is).orElse("");
  }

  /** Why this request is refused; empty if it is allowed. */
  Optional<Refusal> refusal(HttpExchange exchange) {
    if (!exchange.getRequestMethod().equals("GET")) {
      return Optional.of(new Refusal(405, "Only GET is answered here."));
    }
    if (token.isPresent()) {
      return given(exchange).anyMatch(this::isToken)
          ? Optional.empty()
          : Optional.of(new Refusal(403, "The address that the run printed has a token in it."));
    }
    String asked = exchange.getRequestHeaders().getFirst("Host");
    return asked != null && isLoopback(asked.replaceFirst(":\\d+$", ""))
        ? Optional.empty()
        : Optional.of(new Refusal(403, "This page answers to 127.0.0.1 and localhost alone."));
  }

  /** The port may differ, for example behind a tunnel. */
  private boolean isLoopback(String asked) {
    return List.of("127.0.0.1", "localhost", "[::1]", host).contains(asked);
  }

  /** Whether the address has the token. If so, sets the cookie that replaces it. */
  boolean admits(HttpExchange exchange) {
    boolean inQuery = token.isPresent() && inQuery(exchange).anyMatch(this::isToken);
    if (inQuery) {
      String cookie = cookieName() + token.orElseThrow() + "; Path=/; HttpOnly; SameSite=Strict";
      exchange.getResponseHeaders().set("Set-Cookie", cookie);
    }
    return inQuery;
  }

  private Stream<String> given(HttpExchange exchange) {
    List<String> cookies = exchange.getRequestHeaders().getOrDefault("Cookie", List.of());
    Stream<String> kept =
        cookies.stream()
            .flatMap(line -> Stream.of(line.split(";")))
            .map(String::strip)
            .filter(cookie -> cookie.startsWith(cookieName()))
            .map(cookie -> cookie.substring(cookieName().length()));
    return Stream.concat(inQuery(exchange), kept);
  }

  private static Stream<String> inQuery(HttpExchange exchange) {
    return Optional.ofNullable(exchange.getRequestURI().getRawQuery()).stream()
        .flatMap(query -> Stream.of(query.split("&")))
        .filter(part -> part.startsWith(QUERY))
        .map(part -> part.substring(QUERY.length()));
  }

  /** A browser sends a host's cookies to all its ports. */
  private String cookieName() {
    return "evenstep-" + port + "=";
  }

  private boolean isToken(String text) {
    return MessageDigest.isEqual(
        text.getBytes(StandardCharsets.UTF_8),
        token.orElseThrow().getBytes(StandardCharsets.UTF_8));
  }
}
