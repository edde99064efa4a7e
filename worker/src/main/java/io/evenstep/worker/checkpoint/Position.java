package io.evenstep.worker.checkpoint;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.evenstep.worker.plan.Stopping;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Where training stands, apart from the network's numbers: the JSON header of a checkpoint. The
 * header is one flat object.
 *
 * @param origin the run
 * @param step global steps done
 * @param epoch epoch of the next step
 * @param examples rows done
 * @param losses losses and metrics so far
 * @param best the best epoch so far
 * @param platform processor and native libraries for which the bits are valid
 */
public record Position(
    @JsonUnwrapped Origin origin,
    long step,
    int epoch,
    long examples,
    @JsonUnwrapped Losses losses,
    @JsonUnwrapped Best best,
    String platform) {
  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  /**
   * The run.
   *
   * @param runId name of the run
   * @param configSha256 of the job's configuration
   * @param seed key of sampling order, dropout and noise
   * @param wire how sums are written on their way; empty in checkpoints of earlier versions
   * @param way how replicas are kept in agreement, which the run may have chosen itself; that of
   *     the wire in checkpoints of earlier versions
   */
  public record Origin(String runId, String configSha256, long seed, String wire, String way) {
    /** Headers of earlier versions do not have the wire or the way. */
    public Origin {
      wire = Objects.requireNonNullElse(wire, "");
      way = Objects.requireNonNullElse(way, wire.toLowerCase(Locale.ROOT));
    }
  }

  /**
   * Losses and metrics so far.
   *
   * @param epochLossSum losses of the current epoch's steps
   * @param epochLosses mean loss of each epoch done
   * @param epochValidations metrics of the validation rows after each epoch done; no entries when
   *     there are no such rows
   */
  public record Losses(
      double epochLossSum, List<Double> epochLosses, List<Map<String, Double>> epochValidations) {
    /** Copies the lists. */
    public Losses {
      epochLosses = List.copyOf(epochLosses);
      epochValidations = epochValidations.stream().map(Map::copyOf).toList();
    }
  }

  /**
   * The best epoch so far, by the metric of early stopping.
   *
   * @param epoch index of the best epoch; -1 when none is done
   * @param value its metric
   * @param epochsSince epochs done without improvement
   * @param stopped whether early stopping has ended training
   */
  public record Best(
      @JsonProperty("bestEpoch") int epoch,
      @JsonProperty("bestValue") double value,
      @JsonProperty("epochsSinceBest") int epochsSince,
      boolean stopped) {
    /** No epoch is done. */
    public static final Best NONE = new Best(-1, 0, 0, false);

    /** Whether there is a best epoch. */
    public boolean exists() {
      return epoch >= 0;
    }

    /** The best after one more epoch: this one or the new one. */
    public Best after(int newEpoch, double newValue, Stopping stopping) {
      boolean better = !exists() || stopping.improves(newValue, value);
      int since = better ? 0 : epochsSince + 1;
      boolean stop = stopping.enabled() && since >= stopping.patience();
      return new Best(better ? newEpoch : epoch, better ? newValue : value, since, stop);
    }
  }

  /** The same without a best epoch yet: the next one will be the best. */
  public Position withoutBest() {
    Best none = new Best(-1, 0, 0, best.stopped);
    return new Position(origin, step, epoch, examples, losses, none, platform);
  }

  /** One flat JSON object of the fields. */
  public byte[] toJson() {
    try {
      return JSON.writeValueAsBytes(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A position is a plain record", e);
    }
  }

  /** The fields of the header that are not in a nested record. */
  private record Rest(long step, int epoch, long examples, String platform) {}

  /**
   * Reads the result of {@link #toJson}.
   *
   * @throws IOException when it is not a position
   */
  public static Position fromJson(byte[] json) throws IOException {
    JsonNode flat = JSON.readTree(json);
    if (!flat.isObject()) {
      throw new IOException("it is not a JSON object");
    }
    Rest rest = JSON.treeToValue(flat, Rest.class);
    return new Position(
        JSON.treeToValue(flat, Origin.class),
        rest.step,
        rest.epoch,
        rest.examples,
        JSON.treeToValue(flat, Losses.class),
        JSON.treeToValue(flat, Best.class),
        rest.platform);
  }
}
