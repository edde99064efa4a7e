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

/** One run of an MLflow server. */
final class MlflowRun {
  private static final int MOST_METRICS = 1_000; // of a batch, as MLflow's REST interface allows
  private static final int MOST_PARAMS = 100;
  private static final int LONGEST_PARAM = 500; // all versions take so much
  private static final String PROXIED = "mlflow-artifacts:/";

  private final MlflowServer server;
  private final String id;
  private final String artifacts; // URI

  private MlflowRun(MlflowServer server, JsonNode info) {
    this.server = server;
    this.id = info.path("run_id").asText();
    this.artifacts = info.path("artifact_uri").asText();
  }

  /** Finds a run by its id; empty when there is none. */
  static Optional<MlflowRun> find(MlflowServer server, String id) throws IOException {
    return id.isBlank()
        ? Optional.empty()
        : server
            .get("runs/get", "run_id", id)
            .map(found -> new MlflowRun(server, found.path("run").path("info")));
  }

  /** Begins a run of an experiment, which is made when it is not there. */
  static MlflowRun create(MlflowServer server, String experiment, String name, long millis)
      throws IOException {
    ObjectNode run = node();
    run.put("experiment_id", experimentId(server, experiment));
    run.put("run_name", name);
    run.put("start_time", millis);
    return new MlflowRun(server, server.post("runs/create", run).path("run").path("info"));
  }

  private static String experimentId(MlflowServer server, String name) throws IOException {
    Optional<JsonNode> found = server.get("experiments/get-by-name", "experiment_name", name);
    JsonNode experiment =
        found.isPresent()
            ? found.get().path("experiment")
            : server.post("experiments/create", node().put("name", name));
    return experiment.path("experiment_id").asText();
  }

  String id() {
    return id;
  }

  /** Says that it is running, also when it had ended before. */
  void goesOn() throws IOException {
    JsonNode unused = server.post("runs/update", of().put("status", "RUNNING"));
  }

  /** Says that it has ended. */
  void end(String status, long millis) throws IOException {
    JsonNode unused =
        server.post("runs/update", of().put("status", status).put("end_time", millis));
  }

  void tag(String key, String value) throws IOException {
    JsonNode unused = server.post("runs/set-tag", of().put("key", key).put("value", value));
  }

  /** Keeps settings; the same ones again change nothing. */
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

  /** Keeps metrics, in batches. */
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

  /** Stores a file, where the server takes files itself; elsewhere only clients can. */
  void upload(String name, byte[] content) throws IOException {
    if (artifacts.startsWith(PROXIED)) {
      String below = artifacts.substring(PROXIED.length()).replaceFirst("^/+", "");
      server.upload(below + "/" + name, content);
    }
  }

  private ObjectNode of() {
    return node().put("run_id", id);
  }

  private static ObjectNode node() {
    return JsonNodeFactory.instance.objectNode();
  }
}
