package io.evenstep.driver.track;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** An MLflow tracking server, accessed by its REST API. Each request has a time limit. */
final class MlflowServer {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final Duration REQUEST = Duration.ofSeconds(10);
  private static final Duration UPLOAD = Duration.ofMinutes(2);
  private static final int NOT_FOUND = 404;

  private final String base;
  private final Optional<String> authorization;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT).build();

  /**
   * A server; it need not be reachable yet.
   *
   * @param uri such as {@code http://tracking:5000}
   * @param environment may have {@code MLFLOW_TRACKING_TOKEN}, or {@code MLFLOW_TRACKING_USERNAME}
   *     and {@code MLFLOW_TRACKING_PASSWORD}
   */
  MlflowServer(String uri, Map<String, String> environment) {
    this.base = uri.replaceFirst("/+$", "");
    this.authorization = authorization(environment);
  }

  private static Optional<String> authorization(Map<String, String> environment) {
    String token = environment.get("MLFLOW_TRACKING_TOKEN");
    String user = environment.get("MLFLOW_TRACKING_USERNAME");
    if (token != null) {
      return Optional.of("Bearer " + token);
    }
    if (user == null) {
      return Optional.empty();
    }
    String pair = user + ":" + environment.getOrDefault("MLFLOW_TRACKING_PASSWORD", "");
    byte[] bytes = pair.getBytes(StandardCharsets.UTF_8);
    return Optional.of("Basic " + Base64.getEncoder().encodeToString(bytes));
  }

  /**
   * Sends a GET request.
   *
   * @param what such as {@code experiments/get-by-name}
   * @return empty if the server does not know the object
   */
  Optional<JsonNode> get(String what, String parameter, String value) throws IOException {
    String query = "?" + parameter + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    HttpResponse<String> answer = send(request("/api/2.0/mlflow/" + what + query, REQUEST).GET());
    return answer.statusCode() == NOT_FOUND
        ? Optional.empty()
        : Optional.of(JSON.readTree(required(answer).body()));
  }

  /** Sends a POST request. */
  JsonNode post(String what, ObjectNode content) throws IOException {
    HttpRequest.Builder request =
        request("/api/2.0/mlflow/" + what, REQUEST)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(content.toString()));
    return JSON.readTree(required(send(request)).body());
  }

  /**
   * Uploads a file of a run.
   *
   * @param path relative to the server's artifact store
   */
  void upload(String path, byte[] content) throws IOException {
    HttpRequest.Builder request =
        request("/api/2.0/mlflow-artifacts/artifacts/" + path, UPLOAD)
            .PUT(HttpRequest.BodyPublishers.ofByteArray(content));
    HttpResponse<String> unused = required(send(request));
  }

  private HttpRequest.Builder request(String path, Duration limit) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path)).timeout(limit);
    authorization.ifPresent(value -> request.header("Authorization", value));
    return request;
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (ConnectException | HttpConnectTimeoutException e) {
      throw new IOException("no answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for " + base);
    }
  }

  private HttpResponse<String> required(HttpResponse<String> answer) throws IOException {
    if (answer.statusCode() / 100 != 2) {
      String body = answer.body();
      throw new IOException(
          base
              + " answered "
              + answer.statusCode()
              + ": "
              + body.substring(0, Math.min(body.length(), 300)));
    }
    return answer;
  }

  @Override
  public String toString() {
    return base;
  }
}
