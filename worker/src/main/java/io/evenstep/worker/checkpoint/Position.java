package io.evenstep.worker.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Where training stands, beside the numbers of the network: the JSON header of a checkpoint.
 *
 * @param runId name of the run
 * @param configSha256 of the job's configuration
 * @param seed what sampling order, dropout and noise are drawn from
 * @param step global steps done
 * @param epoch epoch of the next step
 * @param examples rows done
 * @param epochLossSum losses of the current epoch's steps so far
 * @param epochLosses mean loss of each epoch done
 * @param epochValidations metrics of the validation rows after each epoch done; no entries when
 *     there are no such rows
 * @param bestEpoch best epoch by the metric of early stopping; -1 when none is done
 * @param bestValue its metric
 * @param epochsSinceBest epochs done without improvement
 * @param stopped whether early stopping has ended training
 * @param platform processor and native libraries the bits are good for
 */
public record Position(
    String runId,
    String configSha256,
    long seed,
    long step,
    int epoch,
    long examples,
    double epochLossSum,
    List<Double> epochLosses,
    List<Map<String, Double>> epochValidations,
    int bestEpoch,
    double bestValue,
    int epochsSinceBest,
    boolean stopped,
    String platform) {
  private static final ObjectMapper JSON = JsonMapper.builder().build();

  /** Copies the lists. */
  public Position {
    epochLosses = List.copyOf(epochLosses);
    epochValidations = epochValidations.stream().map(Map::copyOf).toList();
  }

  /** The same with no best epoch yet: the next one will be it. */
  public Position withoutBest() {
    return new Position(
        runId,
        configSha256,
        seed,
        step,
        epoch,
        examples,
        epochLossSum,
        epochLosses,
        epochValidations,
        -1,
        0,
        0,
        stopped,
        platform);
  }

  /** One JSON object of the fields. */
  public byte[] toJson() {
    try {
      return JSON.writeValueAsBytes(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A position is a plain record", e);
    }
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @throws IOException when it is no position
   */
  public static Position fromJson(byte[] json) throws IOException {
    return JSON.readValue(json, Position.class);
  }
}
