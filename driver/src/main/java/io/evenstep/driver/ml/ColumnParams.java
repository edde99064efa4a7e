package io.evenstep.driver.ml;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** The Params that name columns, with the names and defaults that Spark ML uses. */
final class ColumnParams implements Serializable {
  private static final long serialVersionUID = 1L;

  final Param<String> features;
  final Param<String> label;
  final Param<String> weight;
  final Param<String> validationIndicator;
  final Param<String> prediction;
  final Param<String> probability;
  final Param<String> rawPrediction;

  private final Map<Param<String>, String> standards = new LinkedHashMap<>();

  ColumnParams(Params owner) {
    features =
        column(
            owner, "features", "Input vectors of the network, all of the same size.", "features");
    label =
        column(
            owner,
            "label",
            "Numbers to predict; for classes, their indexes 0, 1, 2 and so on.",
            "label");
    weight =
        column(owner, "weight", "Weight of each row's loss, at least 0; empty for 1 each.", "");
    validationIndicator =
        column(
            owner,
            "validationIndicator",
            "Booleans: rows with true are for validation, all others for training; empty to train"
                + " on all rows.",
            "");
    prediction =
        column(owner, "prediction", "Column for the prediction; empty for none.", "prediction");
    probability =
        column(
            owner,
            "probability",
            "Column for the probability of each class, as a vector; empty for none.",
            "probability");
    rawPrediction =
        column(
            owner,
            "rawPrediction",
            "Column for the network's raw outputs, as a vector; empty for none.",
            "rawPrediction");
  }

  private Param<String> column(Params owner, String name, String doc, String standard) {
    Param<String> param = new Param<>(owner, name + "Col", doc);
    standards.put(param, standard);
    return param;
  }

  /** Sets the defaults of those Params that the owner has. */
  void setDefaults(Params owner) {
    standards.forEach(
        (param, standard) -> {
          if (owner.hasParam(param.name())) {
            owner.setDefault(param, standard);
          }
        });
  }
}
