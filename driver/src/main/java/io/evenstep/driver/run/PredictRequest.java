package io.evenstep.driver.run;

import io.evenstep.driver.control.StopRequest;
import io.evenstep.driver.data.spec.SourceSpec;
import io.evenstep.driver.data.spec.TableFormat;
import io.evenstep.driver.score.RowTolerance;
import io.evenstep.model.engine.EngineChoice;
import io.evenstep.model.network.trust.AllowedTypes;
import java.util.Optional;

/**
 * Rows to predict, and where to write the predictions.
 *
 * @param run a finished run
 * @param input rows; labels are ignored
 * @param output folder to write, which must not exist yet
 * @param format how to write
 * @param tolerance how to treat rows that are not like the training rows
 * @param engine computes the network; the engine that the run was trained with
 * @param allowed classes that the network's configuration may name
 * @param stop requests an early end
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
  /** A request that runs to the end. */
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
    JSON,
    /** A new Delta table. */
    DELTA,
    /** A new Iceberg table. */
    ICEBERG;

    /** The format of the table that is written; empty for plain files. */
    public Optional<TableFormat> table() {
      return TableFormat.named(name());
    }
  }
}
