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
 * Who may see a live page. On loopback: whoever asks by a loopback name, so that no other site can
 * have its own name point here. Elsewhere: whoever knows the token, which is new for each run;
 * first by the address's query, then by a cookie.
 */
final class Guard {
  private static final int TOKEN_BYTES = 18;
  private static final String QUERY = "token=";

  private final String host; // as it stands in an address
  private final int port;
  private final Optional<String> token;

  /**
   * Why a request gets no page.
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
   * Guards what listens there.
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
      return "localhost"; // a machine that does not know its name still answers to this one
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

  /** Why this request gets no page; empty where it gets one. */
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

  /** The port may be another one's: that of a tunnel. */
  private boolean isLoopback(String asked) {
    return List.of("127.0.0.1", "localhost", "[::1]", host).contains(asked);
  }

  /** Whether the token came in the address; sets the cookie that takes its place then. */
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
