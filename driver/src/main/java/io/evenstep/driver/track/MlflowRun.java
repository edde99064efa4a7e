package io.evenstep.driver.track;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A run on an MLflow server. */
final class MlflowRun {
  private static final int MOST_METRICS = 1_000; // limit of a batch in MLflow's REST API
  private static final int MOST_PARAMS = 100;
  private static final int LONGEST_PARAM = 500; // supported by all versions
  private static final String PROXIED = "mlflow-artifacts:/";

  private final MlflowServer server;
  private final String id;
  private final String artifacts; // URI

  /**
   * A run that the server knows.
   *
   * @param info as the server describes it
   */
  MlflowRun(MlflowServer server, JsonNode info) {
    this.server = server;
    this.id = info.path("run_id").asText();
    this.artifacts = info.path("artifact_uri").asText();
  }

  /** Finds a run by its id; empty if there is none. */
  static Optional<MlflowRun> find(MlflowServer server, String id) throws IOException {
    return id.isBlank()
        ? Optional.empty()
        : server
            .get("runs/get", "run_id", id)
            .map(found -> new MlflowRun(server, found.path("run").path("info")));
  }

  String id() {
    return id;
  }

  /** Marks the run as running, even if it had ended before. */
  void goesOn() throws IOException {
    JsonNode unused = server.post("runs/update", of().put("status", "RUNNING"));
  }

  /** Marks the run as ended. */
  void end(String status, long millis) throws IOException {
    JsonNode unused =
        server.post("runs/update", of().put("status", status).put("end_time", millis));
  }

  void tag(String key, String value) throws IOException {
    JsonNode unused = server.post("runs/set-tag", of().put("key", key).put("value", value));
  }

  /** Logs settings; logging the same ones again has no effect. */
  void params(JsonNode settings) throws IOException {
    List<ObjectNode> params = new ArrayList<>();
    for (Map.Entry<String, JsonNode> each : settings.properties()) {
      JsonNode value = each.getValue();
      String text = value.isTextual() ? value.asText() : value.toString();
      String cut = text.substring(0, Math.min(text.length(), LONGEST_PARAM));
      params.add(node().put("key", each.getKey()).put("value", cut));
    }
    post("params", params, MOST_PARAMS);
  }

  /** Logs metrics in batches. */
  void log(List<MlflowMetric> metrics) throws IOException {
    List<ObjectNode> lines = new ArrayList<>();
    for (MlflowMetric each : metrics) {
      lines.add(
          node()
              .put("key", each.name())
              .put("value", each.value())
              .put("timestamp", each.millis())
              .put("step", each.step()));
    }
    post("metrics", lines, MOST_METRICS);
  }

  private void post(String kind, List<ObjectNode> all, int most) throws IOException {
    for (int from = 0; from < all.size(); from += most) {
      ObjectNode batch = of();
      ArrayNode lines = batch.putArray(kind);
      all.subList(from, Math.min(all.size(), from + most)).forEach(lines::add);
      JsonNode unused = server.post("runs/log-batch", batch);
    }
  }

  /** Uploads a file, if the server accepts uploads; otherwise only clients can store files. */
  void upload(String name, byte[] content) throws IOException {
    if (artifacts.startsWith(PROXIED)) {
      String below = artifacts.substring(PROXIED.length()).replaceFirst("^/+", "");
      server.upload(below + "/" + name, content);
    }
  }

  private ObjectNode of() {
    return node().put("run_id", id);
  }

  static ObjectNode node() {
    return JsonNodeFactory.instance.objectNode();
  }
}
