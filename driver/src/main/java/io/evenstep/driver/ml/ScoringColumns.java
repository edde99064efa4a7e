package io.evenstep.driver.ml;

import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** Columns that scoring reads and writes. {@code S} is the type that has them. */
public interface ScoringColumns<S> extends Params {
  /** The Params themselves. */
  ColumnParams columns();

  /** This object, for chained setters. */
  S self();

  /** Name of the column with the network's input vectors. */
  default Param<String> featuresCol() {
    return columns().features;
  }

  /** The value of {@link #featuresCol}. */
  default String getFeaturesCol() {
    return getOrDefault(featuresCol());
  }

  /** Sets {@link #featuresCol}. */
  default S setFeaturesCol(String column) {
    set(featuresCol(), column);
    return self();
  }

  /** Name of the column for the prediction. */
  default Param<String> predictionCol() {
    return columns().prediction;
  }

  /** The value of {@link #predictionCol}. */
  default String getPredictionCol() {
    return getOrDefault(predictionCol());
  }

  /** Sets {@link #predictionCol}; empty for no column. */
  default S setPredictionCol(String column) {
    set(predictionCol(), column);
    return self();
  }
}
