package io.evenstep.driver.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.evenstep.model.DataException;
import io.evenstep.model.Reason;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The result of a run: the content of {@code result.json}. Its field names are a public contract.
 *
 * @param status {@code done}, or {@code gate-not-met} when the run finished but missed its quality
 *     gate
 * @param runId name of the run's folder
 * @param name the job's name
 * @param workers ranks in the last attempt
 * @param shards logical shards of a global batch
 * @param epochs epochs trained; fewer than the job's after early stopping
 * @param steps global steps taken
 * @param examples rows trained on; a row counts each time it is seen
 * @param trainSeconds wall time of the last attempt's training, with the validation after each
 *     epoch and checkpoints, without packing and the evaluation at the end
 * @param examplesPerSecond rows of the last attempt, over the time of its steps alone
 * @param attempts attempts at the barrier stage
 * @param stepsRedone steps repeated because a worker was lost
 * @param parametersSha256 over the raw little-endian float bytes of the flat parameter vector
 * @param bytesSentPerWorkerPerStep counted at the socket, mean over workers and steps
 * @param bytesLowerBoundPerWorkerPerStep the least possible, mean over workers
 * @param hosts replicas in the last attempt: one per process, or one per worker when averaging or
 *     on DL4J's engine; 0 in reports of earlier versions
 * @param bytesSentPerHostPerStep counted at the socket, mean over hosts and steps
 * @param bytesLowerBoundPerHostPerStep 2(H-1)/H times the parameters' bytes for H hosts; when
 *     averaging, the bytes of one averaging divided by the steps between two
 * @param stepMilliseconds mean time of a step by part: feed, compute, communicate, wait, update and
 *     other; other is the time between steps, divided by their number
 * @param metrics such as {@code test.accuracy} and {@code test.loss}
 * @param model path of the saved DL4J zip
 * @param packReused whether an earlier pack of the same data was used
 * @param configSha256 over the resolved settings that determine the result
 * @param engine the engine that computed the network: {@code step} or {@code dl4j}; empty in
 *     reports of earlier versions
 * @param dataSha256 over the packed rows; empty in reports of earlier versions
 */
public record RunReport(
    String status,
    String runId,
    String name,
    int workers,
    int shards,
    int epochs,
    long steps,
    long examples,
    double trainSeconds,
    double examplesPerSecond,
    int attempts,
    long stepsRedone,
    String parametersSha256,
    double bytesSentPerWorkerPerStep,
    double bytesLowerBoundPerWorkerPerStep,
    int hosts,
    double bytesSentPerHostPerStep,
    double bytesLowerBoundPerHostPerStep,
    Map<String, Double> stepMilliseconds,
    Map<String, Double> metrics,
    String model,
    boolean packReused,
    String configSha256,
    String engine,
    String dataSha256) {

  /** Status of a run that finished and met its quality gate, if it has one. */
  public static final String DONE = "done";

  /** Status of a run that missed its quality gate. */
  public static final String GATE_NOT_MET = "gate-not-met";

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  /** Copies the maps and keeps their order. */
  public RunReport {
    stepMilliseconds = new LinkedHashMap<>(stepMilliseconds);
    metrics = new LinkedHashMap<>(metrics);
    engine = Objects.requireNonNullElse(engine, "");
    dataSha256 = Objects.requireNonNullElse(dataSha256, ""); // may be missing in JSON
  }

  /** The report as it stands in {@code result.json}. */
  public String toJson() {
    try {
      return JSON.writeValueAsString(this) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot write the run's report", e);
    }
  }

  /**
   * Reads a {@code result.json}.
   *
   * @throws DataException when the text is not a run's report
   */
  public static RunReport fromJson(String json) {
    try {
      return Optional.ofNullable(JSON.readValue(json, RunReport.class))
          .filter(report -> report.status != null && report.parametersSha256 != null)
          .orElseThrow(
              () -> new DataException("Cannot read result.json: it has no status or SHA-256"));
    } catch (JsonProcessingException e) {
      throw new DataException("Cannot read result.json: " + Reason.of(e), e);
    }
  }
}
