package io.evenstep.driver.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenstep.model.DataException;
import io.evenstep.model.Reason;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a run came to: the content of {@code result.json}, whose field names others rely on. The
 * file is one flat object; see {@link #FIELDS}.
 *
 * @param status {@code done}, or {@code gate-not-met} when the run ended but its quality gate did
 *     not hold
 * @param runId name of the run's folder
 * @param origin the job and the data
 * @param work how much was trained, and by how many
 * @param timing how long it took
 * @param traffic what the workers sent
 * @param metrics such as {@code test.accuracy} and {@code test.loss}
 * @param model what was trained
 */
public record RunReport(
    String status,
    String runId,
    @JsonUnwrapped Origin origin,
    @JsonUnwrapped Work work,
    @JsonUnwrapped Timing timing,
    @JsonUnwrapped Traffic traffic,
    Map<String, Double> metrics,
    @JsonUnwrapped TrainedModel model) {

  /**
   * The job and the data of a run.
   *
   * @param name the job's name
   * @param configSha256 over the resolved settings that decide the result
   * @param dataSha256 over the packed rows; empty in a report of an earlier version
   * @param packReused whether an earlier pack of the same data was used
   */
  public record Origin(String name, String configSha256, String dataSha256, boolean packReused) {
    /** An earlier version's JSON has no SHA-256 of the data. */
    public Origin {
      dataSha256 = Objects.requireNonNullElse(dataSha256, "");
    }
  }

  /**
   * How much was trained, and by how many.
   *
   * @param workers ranks in the last attempt
   * @param hosts processes that trained in the last attempt, each with one replica; when averaging
   *     or on DL4J's engine, as many as workers; 0 in a report of an earlier version
   * @param shards logical shards of a global batch
   * @param epochs epochs trained; fewer than the job's after early stopping
   * @param steps global steps taken
   * @param examples rows trained on, counted once for each time they were seen
   * @param attempts tries of the barrier stage
   * @param stepsRedone steps taken twice because of a lost worker
   */
  public record Work(
      int workers,
      int hosts,
      int shards,
      int epochs,
      long steps,
      long examples,
      int attempts,
      long stepsRedone) {}

  /**
   * How long the last attempt took.
   *
   * @param trainSeconds wall time of training, with the validation after each epoch and
   *     checkpoints, without packing and the evaluation at the end
   * @param examplesPerSecond rows over the time of their steps alone
   * @param stepMilliseconds where a step's time went, by part: feed, compute, communicate, wait,
   *     update, and other, which is the time outside of steps spread over them
   */
  public record Timing(
      double trainSeconds, double examplesPerSecond, Map<String, Double> stepMilliseconds) {
    /** Keeps the map's order. */
    public Timing {
      stepMilliseconds = new LinkedHashMap<>(stepMilliseconds);
    }
  }

  /**
   * What the workers sent.
   *
   * @param bytesSentPerWorkerPerStep counted at the socket, mean over workers and steps
   * @param bytesLowerBoundPerWorkerPerStep the least that is possible, mean over workers
   * @param bytesSentPerHostPerStep counted at the socket, mean over hosts and steps
   * @param bytesLowerBoundPerHostPerStep 2(H-1)/H times the parameters' bytes for H hosts; when
   *     averaging, those of one mean divided by the steps between two; with fewer bytes a number on
   *     the wire, as many fewer
   * @param wire how sums were written on their way, as {@code training.wire} says it; empty in a
   *     report of an earlier version
   */
  public record Traffic(
      double bytesSentPerWorkerPerStep,
      double bytesLowerBoundPerWorkerPerStep,
      double bytesSentPerHostPerStep,
      double bytesLowerBoundPerHostPerStep,
      String wire) {
    /** An earlier version's JSON says nothing of the wire. */
    public Traffic {
      wire = Objects.requireNonNullElse(wire, "");
    }
  }

  /**
   * What was trained.
   *
   * @param file path of the saved DL4J zip
   * @param parametersSha256 over the raw little-endian float bytes of the flat parameter vector
   * @param engine what computed the network: {@code step} or {@code dl4j}; empty in a report of an
   *     earlier version
   */
  public record TrainedModel(
      @JsonProperty("model") String file, String parametersSha256, String engine) {
    /** An earlier version's JSON has no engine. */
    public TrainedModel {
      engine = Objects.requireNonNullElse(engine, "");
    }
  }

  /** What the file has beside the nested records. */
  private record Ending(String status, String runId, Map<String, Double> metrics) {
    private Ending {
      metrics = new LinkedHashMap<>(metrics);
    }
  }

  /** Status of a run that ended as its job asked. */
  public static final String DONE = "done";

  /** Status of a run whose metrics missed its quality gate. */
  public static final String GATE_NOT_MET = "gate-not-met";

  private static final ObjectMapper JSON =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  /** The fields of {@code result.json}, in its order. */
  private static final List<String> FIELDS =
      List.of(
          "status",
          "runId",
          "name",
          "workers",
          "shards",
          "epochs",
          "steps",
          "examples",
          "trainSeconds",
          "examplesPerSecond",
          "attempts",
          "stepsRedone",
          "parametersSha256",
          "bytesSentPerWorkerPerStep",
          "bytesLowerBoundPerWorkerPerStep",
          "hosts",
          "bytesSentPerHostPerStep",
          "bytesLowerBoundPerHostPerStep",
          "stepMilliseconds",
          "metrics",
          "model",
          "packReused",
          "configSha256",
          "engine",
          "dataSha256",
          "wire");

  /** Keeps the map's order. */
  public RunReport {
    metrics = new LinkedHashMap<>(metrics);
  }

  /** The report as it stands in {@code result.json}. */
  public String toJson() {
    JsonNode known = JSON.valueToTree(this);
    ObjectNode flat = JSON.createObjectNode();
    FIELDS.forEach(field -> flat.set(field, known.required(field)));
    return flat.toPrettyString() + "\n";
  }

  /**
   * Reads a {@code result.json}.
   *
   * @throws DataException when it is not one
   */
  public static RunReport fromJson(String json) {
    try {
      JsonNode flat = JSON.readTree(json);
      if (!flat.hasNonNull("status") || !flat.hasNonNull("parametersSha256")) {
        throw new DataException("Cannot read result.json: it holds no status or SHA-256");
      }
      Ending ending = JSON.treeToValue(flat, Ending.class);
      return new RunReport(
          ending.status,
          ending.runId,
          JSON.treeToValue(flat, Origin.class),
          JSON.treeToValue(flat, Work.class),
          JSON.treeToValue(flat, Timing.class),
          JSON.treeToValue(flat, Traffic.class),
          ending.metrics,
          JSON.treeToValue(flat, TrainedModel.class));
    } catch (JsonProcessingException e) {
      throw new DataException("Cannot read result.json: " + Reason.of(e), e);
    }
  }
}
