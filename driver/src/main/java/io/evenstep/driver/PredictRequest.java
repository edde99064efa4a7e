package io.evenstep.driver;

import io.evenstep.driver.data.SourceSpec;

/**
 * Rows to predict, and where to.
 *
 * @param run a finished run
 * @param input rows without labels, or with labels that are not looked at
 * @param output folder to write, which must not be there yet
 * @param format how to write
 */
public record PredictRequest(RunFolder run, SourceSpec input, String output, Format format) {
  /** How predictions are written. */
  public enum Format {
    CSV,
    PARQUET
  }
}
