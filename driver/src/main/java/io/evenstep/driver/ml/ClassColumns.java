package io.evenstep.driver.ml;

import org.apache.spark.ml.param.Param;

/** Columns that scoring writes where labels are classes. */
public interface ClassColumns<S> extends ScoringColumns<S> {
  /** Names the column that takes the probability of each class. */
  default Param<String> probabilityCol() {
    return columns().probability;
  }

  /** The value of {@link #probabilityCol}. */
  default String getProbabilityCol() {
    return getOrDefault(probabilityCol());
  }

  /** Sets {@link #probabilityCol}; empty for no such column. */
  default S setProbabilityCol(String column) {
    set(probabilityCol(), column);
    return self();
  }

  /** Names the column that takes the network's outputs as they are. */
  default Param<String> rawPredictionCol() {
    return columns().rawPrediction;
  }

  /** The value of {@link #rawPredictionCol}. */
  default String getRawPredictionCol() {
    return getOrDefault(rawPredictionCol());
  }

  /** Sets {@link #rawPredictionCol}; empty for no such column. */
  default S setRawPredictionCol(String column) {
    set(rawPredictionCol(), column);
    return self();
  }
}
