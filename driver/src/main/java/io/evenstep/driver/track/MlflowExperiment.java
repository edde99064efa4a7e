package io.evenstep.driver.track;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Optional;

/** An experiment on an MLflow server. */
final class MlflowExperiment {
  /**
   * Tag of a nested run, with the id of the run it is nested in, as MLflow's own clients set it.
   */
  static final String PARENT = "mlflow.parentRunId";

  private static final Object LOCK = new Object();
  private static final String NAME = "evenstep.parent"; // tag of the runs that others nest in

  private final MlflowServer server;
  private final String id;

  private MlflowExperiment(MlflowServer server, String id) {
    this.server = server;
    this.id = id;
  }

  /** Finds an experiment, or creates it. */
  static MlflowExperiment of(MlflowServer server, String name) throws IOException {
    synchronized (LOCK) {
      Optional<JsonNode> found = server.get("experiments/get-by-name", "experiment_name", name);
      JsonNode experiment =
          found.isPresent()
              ? found.get().path("experiment")
              : server.post("experiments/create", MlflowRun.node().put("name", name));
      return new MlflowExperiment(server, experiment.path("experiment_id").asText());
    }
  }

  /** Creates a run. */
  MlflowRun create(String name, long millis) throws IOException {
    return create(name, millis, MlflowRun.node());
  }

  /**
   * A run that others are nested in, found by its name or created, and now running. Runs that train
   * at the same time get the same one.
   */
  MlflowRun parent(String name, long millis) throws IOException {
    synchronized (LOCK) {
      ObjectNode search = MlflowRun.node();
      search.putArray("experiment_ids").add(id);
      search.put("filter", "tags.`" + NAME + "` = '" + name.replace("'", "\\'") + "'");
      search.put("max_results", 1);
      JsonNode found = server.post("runs/search", search).path("runs").path(0).path("info");
      ObjectNode tagged = MlflowRun.node();
      tagged.putArray("tags").addObject().put("key", NAME).put("value", name);
      MlflowRun parent =
          found.isMissingNode() ? create(name, millis, tagged) : new MlflowRun(server, found);
      parent.goesOn();
      return parent;
    }
  }

  private MlflowRun create(String name, long millis, ObjectNode run) throws IOException {
    run.put("experiment_id", id);
    run.put("run_name", name);
    run.put("start_time", millis);
    return new MlflowRun(server, server.post("runs/create", run).path("run").path("info"));
  }
}
