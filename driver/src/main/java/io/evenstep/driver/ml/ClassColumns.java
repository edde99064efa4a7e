package io.evenstep.driver.ml;

import org.apache.spark.ml.param.Param;

/** Output columns of a classification. */
public interface ClassColumns<S> extends ScoringColumns<S> {
  /** Name of the column for the probability of each class. */
  default Param<String> probabilityCol() {
    return columns().probability;
  }

  /** The value of {@link #probabilityCol}. */
  default String getProbabilityCol() {
    return getOrDefault(probabilityCol());
  }

  /** Sets {@link #probabilityCol}; empty for no column. */
  default S setProbabilityCol(String column) {
    set(probabilityCol(), column);
    return self();
  }

  /** Name of the column for the network's raw outputs. */
  default Param<String> rawPredictionCol() {
    return columns().rawPrediction;
  }

  /** The value of {@link #rawPredictionCol}. */
  default String getRawPredictionCol() {
    return getOrDefault(rawPredictionCol());
  }

  /** Sets {@link #rawPredictionCol}; empty for no column. */
  default S setRawPredictionCol(String column) {
    set(rawPredictionCol(), column);
    return self();
  }
}
