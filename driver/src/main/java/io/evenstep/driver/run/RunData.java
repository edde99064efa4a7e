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
 * Fingerprints of the data a run started with, stored as {@code rows.json}. A run resumes only with
 * the same data.
 *
 * @param packKey of the pack it trains on: the paths of the data and the modification times of
 *     their files
 * @param dataSha256 over the packed rows; equal rows give the same value wherever they are stored
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

  /** Reads the fingerprints of a run's folder; empty when there are none. */
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
   * Checks that a run resumes with the data it started with.
   *
   * @param now {@code dataSha256} of the data as they are
   * @throws ConfigException when they have changed
   */
  void requireSame(String now, RunFolder run) {
    if (!dataSha256.equals(now)) {
      throw new ConfigException(
          "--run-id",
          "must be new, or needs --resume never: the data have changed since "
              + run
              + " started; its dataSha256 is "
              + shown(dataSha256)
              + " and that of the current data is "
              + shown(now),
          run.folder().getName());
    }
  }

  /**
   * Checks that the held-out rows are not among the rows the run was trained on.
   *
   * @param now {@code dataSha256} of the data as they are
   * @throws DataException when the data have changed
   */
  void requireSameSplits(String now, RunFolder run) {
    if (!dataSha256.equals(now)) {
      throw new DataException(
          "Cannot evaluate "
              + run
              + " on its own validation and test rows: the data have changed, so these rows could"
              + " include rows it was trained on. Its dataSha256 is "
              + shown(dataSha256)
              + " and that of the current data is "
              + shown(now)
              + ". Name other rows with --set data.test.path=...");
    }
  }

  private static String shown(String sha256) {
    return sha256.substring(0, Math.min(SHOWN, sha256.length())) + "...";
  }
}
