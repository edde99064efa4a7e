package io.evenstep.driver.ml;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** The Params that name columns, under the names and defaults that all of Spark ML gives them. */
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
    features = column(owner, "features", "Vectors the network sees, all of one size.", "features");
    label =
        column(
            owner,
            "label",
            "Numbers to predict; for classes their indexes 0, 1, 2 and so on.",
            "label");
    weight =
        column(owner, "weight", "Weight of each row's loss, at least 0; empty for 1 each.", "");
    validationIndicator =
        column(
            owner,
            "validationIndicator",
            "Truth values: rows with true are for validation, all others for training; empty to"
                + " train on all.",
            "");
    prediction = column(owner, "prediction", "Takes the prediction; empty for none.", "prediction");
    probability =
        column(
            owner,
            "probability",
            "Takes the probability of each class, as a vector; empty for none.",
            "probability");
    rawPrediction =
        column(
            owner,
            "rawPrediction",
            "Takes the network's outputs as they are, as a vector; empty for none.",
            "rawPrediction");
  }

  private Param<String> column(Params owner, String name, String doc, String standard) {
    Param<String> param = new Param<>(owner, name + "Col", doc);
    standards.put(param, standard);
    return param;
  }

  /** Gives defaults to those Params that the owner offers. */
  void setDefaults(Params owner) {
    standards.forEach(
        (param, standard) -> {
          if (owner.hasParam(param.name())) {
            owner.setDefault(param, standard);
          }
        });
  }
}
