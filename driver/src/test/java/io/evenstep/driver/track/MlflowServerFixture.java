package io.evenstep.driver.track;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenstep.driver.cluster.LoggedProcess;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A real MLflow server on its own port, which keeps its files in a folder. */
public final class MlflowServerFixture implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(2);

  private final int port;
  private final LoggedProcess server;

  private MlflowServerFixture(int port, LoggedProcess server) {
    this.port = port;
    this.server = server;
  }

  /** Starts a server and waits until it answers. */
  public static MlflowServerFixture start(Path folder) throws IOException {
    int port = freePort();
    List<String> command =
        List.of(
            "" + PythonVenv.of("mlflow").command("python"),
            "-m",
            "mlflow",
            "server",
            "--host=127.0.0.1",
            "--port=" + port,
            "--workers=1",
            "--backend-store-uri=sqlite:///" + folder.resolve("mlflow.db"),
            "--artifacts-destination=" + folder.resolve("artifacts"));
    LoggedProcess server =
        LoggedProcess.start("mlflow", new ProcessBuilder(command), folder.resolve("mlflow.log"));
    server.awaitLine(Pattern.compile("startup complete|Listening at"), START);
    return new MlflowServerFixture(port, server);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** The address of the server. */
  public String uri() {
    return "http://127.0.0.1:" + port;
  }

  /** Its answer to a request. */
  public String get(String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(uri() + path)).build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  /** All its runs. */
  public List<JsonNode> runs() throws IOException, InterruptedException {
    ObjectMapper json = new ObjectMapper();
    ObjectNode search = json.createObjectNode();
    ArrayNode ids = search.putArray("experiment_ids");
    json.readTree(get("/api/2.0/mlflow/experiments/search?max_results=100"))
        .path("experiments")
        .forEach(each -> ids.add(each.path("experiment_id")));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(uri() + "/api/2.0/mlflow/runs/search"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(search.toString()))
            .build();
    String answer =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
    List<JsonNode> runs = new ArrayList<>();
    json.readTree(answer).path("runs").forEach(runs::add);
    return runs;
  }

  @Override
  public void close() {
    server.close();
  }
}
