package io.evenstep.driver.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.evenstep.driver.data.pack.Pack;
import io.evenstep.model.ConfigException;
import io.evenstep.model.DataException;
import io.evenstep.model.Reason;
import java.util.Objects;
import java.util.Optional;

/**
 * Which data a run was begun on, kept as {@code rows.json}: it goes on with no others.
 *
 * @param packKey of the pack it trains on: where the data lay, and when their files were changed
 * @param dataSha256 over the packed rows: the same for the same rows, wherever they lie
 */
record RunData(String packKey, String dataSha256) {
  static final String FILE = "rows.json";
  private static final int SHOWN = 16;
  private static final ObjectMapper JSON = new ObjectMapper();

  RunData {
    Objects.requireNonNull(packKey, "packKey");
    Objects.requireNonNull(dataSha256, "dataSha256");
  }

  static RunData of(Pack pack) {
    return new RunData(pack.index().key(), pack.index().contentSha256());
  }

  /** What a run's folder says; empty where it says nothing. */
  static Optional<RunData> of(RunFolder run) {
    return run.read(FILE).map(RunData::fromJson);
  }

  private static RunData fromJson(String json) {
    try {
      return JSON.readValue(json, RunData.class);
    } catch (JsonProcessingException e) {
      throw new DataException("Cannot read " + FILE + ": " + Reason.of(e), e);
    }
  }

  void write(RunFolder run) {
    try {
      run.write(FILE, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Fingerprints are plain values", e);
    }
  }

  /**
   * Makes sure that a run goes on with the data it has begun on.
   *
   * @param now {@code dataSha256} of the data as they are
   * @throws ConfigException when they have changed
   */
  void requireSame(String now, RunFolder run) {
    if (!dataSha256.equals(now)) {
      throw new ConfigException(
          "--run-id",
          "must be a new one, or come with --resume never: the data have changed since "
              + run
              + " was begun, its dataSha256 is "
              + shown(dataSha256)
              + " and that of the data now is "
              + shown(now),
          run.folder().getName());
    }
  }

  /**
   * Makes sure that rows which were kept back are not among those that were trained on.
   *
   * @param now {@code dataSha256} of the data as they are
   * @throws DataException when the data have changed
   */
  void requireSameSplits(String now, RunFolder run) {
    if (!dataSha256.equals(now)) {
      throw new DataException(
          "Cannot evaluate "
              + run
              + " on its own validation and test rows: the data have changed, so that rows it was"
              + " trained on would be among them; its dataSha256 is "
              + shown(dataSha256)
              + " and that of the data now is "
              + shown(now)
              + "; name other rows with --set data.test.path=...");
    }
  }

  private static String shown(String sha256) {
    return sha256.substring(0, Math.min(SHOWN, sha256.length())) + "...";
  }
}
