package io.evenstep.driver.run;

import io.evenstep.driver.control.StopRequest;
import io.evenstep.driver.data.spec.SourceSpec;
import io.evenstep.driver.score.RowTolerance;
import io.evenstep.model.engine.EngineChoice;
import io.evenstep.model.network.trust.AllowedTypes;

/**
 * Rows to predict, and where to.
 *
 * @param run a finished run
 * @param input rows without labels, or with labels that are not looked at
 * @param output folder to write, which must not be there yet
 * @param format how to write
 * @param tolerance how rows are treated that are not like the training rows
 * @param engine what is to compute the network: what the run was trained with
 * @param allowed the classes that the network's configuration may name
 * @param stop asks it to end early
 */
public record PredictRequest(
    RunFolder run,
    SourceSpec input,
    String output,
    Format format,
    RowTolerance tolerance,
    EngineChoice engine,
    AllowedTypes allowed,
    StopRequest stop) {
  /** A request that nobody asks to end early. */
  public PredictRequest(
      RunFolder run,
      SourceSpec input,
      String output,
      Format format,
      RowTolerance tolerance,
      EngineChoice engine,
      AllowedTypes allowed) {
    this(run, input, output, format, tolerance, engine, allowed, new StopRequest());
  }

  /** How predictions are written. */
  public enum Format {
    CSV,
    PARQUET,
    /** JSON, one object a line. */
    JSON
  }
}
