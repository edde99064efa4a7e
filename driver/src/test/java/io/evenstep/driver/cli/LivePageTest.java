package io.evenstep.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page that a run serves while in progress, as seen by an HTTP client. */
@Timeout(180)
class LivePageTest {
  private static final String[] ASKED = {"training.ui", "true", "training.uiPort", "0"};

  @TempDir private Path folder;
  private Workbench bench;
  private final HttpClient client = HttpClient.newHttpClient();

  @BeforeEach
  void openBench() {
    bench = Workbench.in(folder);
  }

  @Test
  void sendsNewDataWithinTwoSecondsUntilTheRunEnds() throws Exception {
    LiveRun run = new LiveRun(bench, ASKED).awaitSteps();
    List<Long> steps = new ArrayList<>();
    List<Long> nanos = new ArrayList<>();
    try (BufferedReader events = events(run)) {
      for (int i = 0; i < 4; i++) {
        JsonNode data = next(events, "data");
        nanos.add(System.nanoTime());
        steps.add(lastStep(data));
        assertThat(data.path("state").asText()).isEqualTo("running");
      }
      run.close();
      JsonNode last = next(events, "end");
      assertThat(last.path("state").asText()).isEqualTo("failed");
      assertThat(last.path("reason").asText()).contains("Stopped by the test");
      assertThat(events.lines()).as("after the end").allMatch(String::isEmpty);
    }
    assertThat(steps).isSorted().doesNotHaveDuplicates();
    assertThat(IntStream.range(1, 4).mapToObj(i -> nanos.get(i) - nanos.get(i - 1)))
        .as("a busy machine may be late once, but not each time")
        .anyMatch(pause -> pause < 2_000_000_000L);
    assertThatThrownBy(() -> get(run.address())).isInstanceOf(IOException.class);
  }

  @Test
  void servesAPageThatMayAskNobodyElse() throws Exception {
    try (LiveRun run = new LiveRun(bench, ASKED).awaitSteps()) {
      HttpResponse<String> page = get(run.address());

      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(page.body())
          .contains("default-src 'none'; connect-src 'self';", "EventSource")
          .contains("\"state\":\"running\"");
      assertThat(page.headers().firstValue("X-Frame-Options")).contains("DENY");
      assertThat(get(run.address() + "etc/passwd").statusCode()).isEqualTo(404);
      HttpRequest post =
          HttpRequest.newBuilder(URI.create(run.address()))
              .POST(HttpRequest.BodyPublishers.noBody())
              .build();
      assertThat(client.send(post, HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(405);
    }
  }

  /** Otherwise another site whose name points to loopback could read the page with its scripts. */
  @Test
  void answersToLoopbackNamesAlone() throws Exception {
    try (LiveRun run = new LiveRun(bench, ASKED)) {
      int port = URI.create(run.address()).getPort();
      assertThat(statusFor(port, "evil.example:" + port)).contains(" 403 ");
      assertThat(statusFor(port, "localhost:8080")).as("a tunnel").contains(" 200 ");
    }
  }

  @Test
  void takesTheNextPortWhereOneIsInUse() throws Exception {
    InetAddress loopback = InetAddress.getByName("127.0.0.1");
    try (ServerSocket other = new ServerSocket(0, 1, loopback)) {
      String taken = Integer.toString(other.getLocalPort());
      try (LiveRun run = new LiveRun(bench, "training.ui", "true", "training.uiPort", taken)) {
        assertThat(URI.create(run.address()).getPort()).isNotEqualTo(other.getLocalPort());
        assertThat(get(run.address()).statusCode()).isEqualTo(200);
      }
    }
  }

  @Test
  void asksForTheTokenWhereOtherMachinesReachIt() throws Exception {
    String[] open = {ASKED[0], ASKED[1], ASKED[2], ASKED[3], "training.uiHost", "0.0.0.0"};
    try (LiveRun run = new LiveRun(bench, open)) {
      URI told = URI.create(run.address());
      assertThat(told.getQuery()).matches("token=[A-Za-z0-9_-]{24}");
      String here = "http://127.0.0.1:" + told.getPort() + "/";

      assertThat(get(here).statusCode()).isEqualTo(403);
      assertThat(get(here + "events").statusCode()).isEqualTo(403);
      assertThat(get(here + "?token=wrong").statusCode()).isEqualTo(403);
      HttpResponse<String> admitted = get(here + "?" + told.getQuery());
      assertThat(admitted.statusCode()).isEqualTo(303);
      String cookie = admitted.headers().firstValue("Set-Cookie").orElseThrow();
      assertThat(cookie).endsWith("Path=/; HttpOnly; SameSite=Strict");
      HttpRequest again =
          HttpRequest.newBuilder(URI.create(here)).header("Cookie", cookie.split(";")[0]).build();
      HttpResponse<String> page = client.send(again, HttpResponse.BodyHandlers.ofString());
      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(page.body()).doesNotContain(told.getQuery());
    }
  }

  @Test
  void aHostThatIsNotThisMachinesDoesNoHarm() {
    Ended ended = bench.train("--ui", "--set", "training.uiHost=192.0.2.1").well();

    assertThat(ended.log()).contains("Cannot serve the live page on 192.0.2.1; the run continues");
    assertThat(bench.report().status()).isEqualTo("done");
  }

  @Test
  void trainTellsWhereThePageIsAndOnlyWhenAsked() {
    assertThat(bench.train("--ui", "--set", "training.uiPort=0").well().err())
        .containsPattern("Live page: http://127\\.0\\.0\\.1:\\d+/\n");
    assertThat(bench.train("--run-id", "quiet").well().err()).doesNotContain("Live page");
  }

  private BufferedReader events(LiveRun run) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(run.address() + "events"))
            .timeout(Duration.ofSeconds(30))
            .build();
    return new BufferedReader(
        new InputStreamReader(
            client.send(request, HttpResponse.BodyHandlers.ofInputStream()).body(),
            StandardCharsets.UTF_8));
  }

  /** The data of the next event of that kind; skips others. */
  private static JsonNode next(BufferedReader events, String kind) throws IOException {
    for (String line = events.readLine(); line != null; line = events.readLine()) {
      if (line.equals("event: " + kind)) {
        return new ObjectMapper().readTree(events.readLine().substring("data: ".length()));
      }
    }
    throw new AssertionError("no event " + kind);
  }

  private static long lastStep(JsonNode data) {
    JsonNode steps = data.path("steps").path("step");
    return steps.get(steps.size() - 1).asLong();
  }

  private HttpResponse<String> get(String address) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(address)).build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static String statusFor(int port, String host) throws IOException {
    try (java.net.Socket socket = new java.net.Socket("127.0.0.1", port)) {
      String request = "GET / HTTP/1.0\r\nHost: " + host + "\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
          .readLine();
    }
  }
}
