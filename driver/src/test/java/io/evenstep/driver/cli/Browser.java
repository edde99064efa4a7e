package io.evenstep.driver.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenstep.driver.cluster.LoggedProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/**
 * The machine's headless Chromium, driven by the DevTools protocol, for pages that change. Console
 * output and errors of the page are kept in {@link #complaints}.
 */
final class Browser implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern LISTENING = Pattern.compile("DevTools listening on ws://([^/]+)/");

  private final LoggedProcess chromium;
  private final WebSocket socket;
  private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private int calls;

  /** Starts a browser with an empty page. */
  Browser(Path folder) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("chromium", "--headless", "--no-sandbox"));
    command.addAll(List.of("--disable-gpu", "--disable-dev-shm-usage", "--window-size=1240,1600"));
    command.addAll(List.of("--remote-debugging-port=0", "--user-data-dir=" + folder));
    command.add("about:blank");
    chromium =
        LoggedProcess.start(
            "chromium",
            new ProcessBuilder(command),
            Files.createDirectories(folder).resolve("browser.log"));
    String host = chromium.awaitLine(LISTENING, LIMIT).group(1);
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest list = HttpRequest.newBuilder(URI.create("http://" + host + "/json/list")).build();
    JsonNode pages = JSON.readTree(client.send(list, HttpResponse.BodyHandlers.ofString()).body());
    String page = "";
    for (JsonNode each : pages) {
      page =
          each.path("type").asText().equals("page")
              ? each.path("webSocketDebuggerUrl").asText()
              : page;
    }
    socket = client.newWebSocketBuilder().buildAsync(URI.create(page), new Ear()).join();
    List.of("Page.enable", "Runtime.enable", "Log.enable").forEach(name -> call(name, Map.of()));
  }

  /** Receives the browser's messages, which may come in parts. */
  private final class Ear implements WebSocket.Listener {
    private final StringBuilder parts = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
      parts.append(text);
      if (last) {
        hear(parts.toString());
        parts.setLength(0);
      }
      from.request(1);
      return CompletableFuture.completedStage(text);
    }
  }

  private void hear(String text) {
    try {
      JsonNode said = JSON.readTree(text);
      CompletableFuture<JsonNode> answer = answers.remove(said.path("id").asInt());
      if (answer != null) {
        answer.complete(said);
      }
      String method = said.path("method").asText();
      boolean isError = said.path("params").path("entry").path("level").asText().equals("error");
      if (List.of("Runtime.consoleAPICalled", "Runtime.exceptionThrown").contains(method)
          || isError) {
        complaints.add(text);
      }
    } catch (IOException e) {
      complaints.add(text);
    }
  }

  /** Calls a method of the protocol. */
  JsonNode call(String method, Map<String, ?> params) {
    ObjectNode call = JSON.createObjectNode().put("id", ++calls).put("method", method);
    call.set("params", JSON.valueToTree(params));
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    answers.put(calls, answer);
    socket.sendText(call.toString(), true).join();
    try {
      JsonNode said = answer.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
      if (said.has("error") || said.path("result").has("exceptionDetails")) {
        throw new AssertionError(method + " " + params + ": " + said);
      }
      return said.path("result");
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError(method + " " + params + ": no answer", e);
    }
  }

  /** Opens an address and waits for the page's scripts to finish. */
  void open(String address) {
    call("Page.navigate", Map.of("url", address));
    await("document.readyState === 'complete' && window.evenstep && window.evenstep.ready");
  }

  /** Loads the page once more, as a user does. */
  void reload() {
    evaluate("window.before = true");
    call("Page.reload", Map.of());
    await("!window.before && window.evenstep && window.evenstep.ready");
  }

  /** The value of an expression; if that is a promise, its result. */
  JsonNode evaluate(String expression) {
    return call(
            "Runtime.evaluate",
            Map.of("expression", expression, "awaitPromise", true, "returnByValue", true))
        .path("result")
        .path("value");
  }

  /** Waits until an expression is true, even if the page changes meanwhile. */
  void await(String condition) {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    String once =
        "new Promise(tell => { let left = 20; const look = () => { const is = !!(%s);"
            + " if (is || --left === 0) tell(is); else setTimeout(look, 50); }; look(); })";
    while (System.nanoTime() < deadline) {
      try {
        if (evaluate(once.formatted(condition)).asBoolean()) {
          return;
        }
      } catch (AssertionError e) {
        complaints.removeIf(line -> line.contains("context was destroyed")); // the page has changed
      }
    }
    throw new AssertionError("never came true: " + condition + " " + complaints);
  }

  /** A picture of the whole page. */
  void picture(Path file) throws IOException {
    Map<String, ?> params = Map.of("format", "png", "captureBeyondViewport", true);
    String data = call("Page.captureScreenshot", params).path("data").asText();
    Files.write(file, Base64.getDecoder().decode(data));
  }

  List<String> complaints() {
    return List.copyOf(complaints);
  }

  @Override
  public void close() {
    socket.abort();
    chromium.close();
  }
}
