package io.evenstep.driver.ml;

import org.apache.spark.ml.param.Param;

/** Columns that only training reads. */
public interface TrainingColumns<S> extends ScoringColumns<S> {
  /** Name of the column with the numbers to predict. */
  default Param<String> labelCol() {
    return columns().label;
  }

  /** The value of {@link #labelCol}. */
  default String getLabelCol() {
    return getOrDefault(labelCol());
  }

  /** Sets {@link #labelCol}. */
  default S setLabelCol(String column) {
    set(labelCol(), column);
    return self();
  }

  /** Name of the column with the weight of each row's loss. */
  default Param<String> weightCol() {
    return columns().weight;
  }

  /** The value of {@link #weightCol}. */
  default String getWeightCol() {
    return getOrDefault(weightCol());
  }

  /** Sets {@link #weightCol}; empty gives each row the weight 1. */
  default S setWeightCol(String column) {
    set(weightCol(), column);
    return self();
  }

  /** Name of the column that marks validation rows. */
  default Param<String> validationIndicatorCol() {
    return columns().validationIndicator;
  }

  /** The value of {@link #validationIndicatorCol}. */
  default String getValidationIndicatorCol() {
    return getOrDefault(validationIndicatorCol());
  }

  /** Sets {@link #validationIndicatorCol}; empty to train on all rows. */
  default S setValidationIndicatorCol(String column) {
    set(validationIndicatorCol(), column);
    return self();
  }
}
