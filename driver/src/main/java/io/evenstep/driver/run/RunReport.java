package io.evenstep.driver.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenstep.model.DataException;
import io.evenstep.model.Reason;
import io.evenstep.model.decision.Decision;
import io.evenstep.model.metric.MetricSpread;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The result of a run: the content of {@code result.json}. Its field names are a public contract.
 * The file is one flat object; see {@link #FIELDS}.
 *
 * @param status {@code done}, or {@code gate-not-met} when the run finished but missed its quality
 *     gate
 * @param runId name of the run's folder
 * @param origin the job and the data
 * @param work the amount of training, and the number of workers
 * @param timing durations and rates
 * @param traffic bytes sent by the workers
 * @param metrics such as {@code test.accuracy} and {@code test.loss}
 * @param model the trained network
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
   * @param configSha256 over the resolved settings that determine the result
   * @param dataSha256 over the packed rows; empty in reports of earlier versions
   * @param packReused whether an earlier pack of the same data was used
   */
  public record Origin(String name, String configSha256, String dataSha256, boolean packReused) {
    /** JSON of earlier versions has no SHA-256 of the data. */
    public Origin {
      dataSha256 = Objects.requireNonNullElse(dataSha256, "");
    }
  }

  /**
   * The amount of training, and the number of workers.
   *
   * @param workers ranks in the last attempt
   * @param hosts replicas in the last attempt: one per process, or one per worker when averaging or
   *     on DL4J's engine; 0 in reports of earlier versions
   * @param shards logical shards of a global batch
   * @param epochs epochs trained; fewer than the job's after early stopping
   * @param steps global steps taken
   * @param examples rows trained on; a row counts each time it is seen
   * @param attempts attempts at the barrier stage
   * @param stepsRedone steps repeated because a worker was lost
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
   * Durations and rates of the last attempt.
   *
   * @param trainSeconds wall time of training, with the validation after each epoch and
   *     checkpoints, without packing and the evaluation at the end
   * @param examplesPerSecond rows over the time of their steps alone
   * @param stepMilliseconds mean time of a step by part: feed, compute, communicate, wait, update
   *     and other; other is the time between steps, divided by their number
   */
  public record Timing(
      double trainSeconds, double examplesPerSecond, Map<String, Double> stepMilliseconds) {
    /** Copies the map and keeps its order. */
    public Timing {
      stepMilliseconds = new LinkedHashMap<>(stepMilliseconds);
    }
  }

  /**
   * Bytes sent by the workers.
   *
   * @param bytesSentPerWorkerPerStep counted at the socket, mean over workers and steps
   * @param bytesLowerBoundPerWorkerPerStep the least possible, mean over workers
   * @param bytesSentPerHostPerStep counted at the socket, mean over hosts and steps
   * @param bytesLowerBoundPerHostPerStep 2(H-1)/H times the parameters' bytes for H hosts; when
   *     averaging, the bytes of one averaging divided by the steps between two; when sharing, those
   *     of the messages; with fewer bytes a number on the wire, as many fewer
   * @param wire how sums were written on their way, as {@code training.wire} says it; empty in a
   *     report of an earlier version
   * @param wireChoice what the run has measured and predicted to choose the wire and the sync;
   *     empty unless it has chosen
   * @param sync how replicas were kept in agreement, as {@code training.sync} says it; empty in a
   *     report of an earlier version
   * @param syncReason why, in words, if the run could choose; else empty
   */
  public record Traffic(
      double bytesSentPerWorkerPerStep,
      double bytesLowerBoundPerWorkerPerStep,
      double bytesSentPerHostPerStep,
      double bytesLowerBoundPerHostPerStep,
      String wire,
      Map<String, Double> wireChoice,
      String sync,
      String syncReason) {
    /** An earlier version's JSON says nothing of the wire, the sync, or of a choice. */
    public Traffic {
      wire = Objects.requireNonNullElse(wire, "");
      wireChoice = new TreeMap<>(Objects.requireNonNullElse(wireChoice, Map.of()));
      sync = Objects.requireNonNullElse(sync, "");
      syncReason = Objects.requireNonNullElse(syncReason, "");
    }
  }

  /**
   * The trained network.
   *
   * @param file path of the saved DL4J zip
   * @param parametersSha256 over the raw little-endian float bytes of the flat parameter vector
   * @param engine the engine that computed the network: {@code step} or {@code dl4j}; empty in
   *     reports of earlier versions
   * @param precision of products, as {@code training.precision} says it; empty in reports of
   *     earlier versions
   * @param deciding how its probabilities become predictions
   * @param folds with several networks, the spread of each metric over them; {@code file} and the
   *     rest are then about the first one, but the SHA-256 is over those of all
   */
  public record TrainedModel(
      @JsonProperty("model") String file,
      String parametersSha256,
      String engine,
      String precision,
      @JsonProperty("decision") Deciding deciding,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, MetricSpread> folds) {
    /** One network. */
    public TrainedModel(
        String file, String parametersSha256, String engine, String precision, Deciding deciding) {
      this(file, parametersSha256, engine, precision, deciding, Map.of());
    }

    /** JSON of earlier versions has no engine, no precision, and no decisions. */
    public TrainedModel {
      folds = new LinkedHashMap<>(Objects.requireNonNullElse(folds, Map.of()));
      engine = Objects.requireNonNullElse(engine, "");
      precision = Objects.requireNonNullElse(precision, "");
      deciding = Objects.requireNonNullElse(deciding, Deciding.USUAL);
    }
  }

  /**
   * How probabilities become predictions.
   *
   * @param outputs temperature and threshold by output; only of outputs with other than the usual
   * @param before metrics of the validation rows with the usual ones; empty if nothing was learned
   */
  public record Deciding(Map<String, Decision> outputs, Map<String, Double> before) {
    /** Probabilities as they are, and the most probable class. */
    public static final Deciding USUAL = new Deciding(Map.of(), Map.of());

    /** Copies the maps and keeps their order. */
    public Deciding {
      outputs = new LinkedHashMap<>(outputs);
      before = new LinkedHashMap<>(before);
    }
  }

  /** Fields of the file outside the nested records. */
  private record Ending(String status, String runId, Map<String, Double> metrics) {
    private Ending {
      metrics = new LinkedHashMap<>(metrics);
    }
  }

  /** Status of a run that finished and met its quality gate, if it has one. */
  public static final String DONE = "done";

  /** Status of a run that missed its quality gate. */
  public static final String GATE_NOT_MET = "gate-not-met";

  private static final ObjectMapper JSON =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  /** The fields of {@code result.json}, in order. */
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
          "wire",
          "wireChoice",
          "sync",
          "syncReason",
          "precision",
          "decision");

  /** The field that only reports of several networks have; it is the last. */
  private static final String FOLDS = "folds";

  /** Copies the map and keeps its order. */
  public RunReport {
    metrics = new LinkedHashMap<>(metrics);
  }

  /** The content of {@code result.json}. */
  public String toJson() {
    JsonNode known = JSON.valueToTree(this);
    ObjectNode flat = JSON.createObjectNode();
    FIELDS.forEach(field -> flat.set(field, known.required(field)));
    if (known.has(FOLDS)) {
      flat.set(FOLDS, known.get(FOLDS));
    }
    return flat.toPrettyString() + "\n";
  }

  /**
   * Reads a {@code result.json}.
   *
   * @throws DataException when the text is not a run's report
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
