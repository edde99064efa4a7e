package io.evenstep.driver.ml;

import io.evenstep.driver.ml.score.ScoringNetwork;
import java.util.List;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;

/** Trains a network to classify. Labels are class indexes, as StringIndexer makes them. */
public final class EvenstepClassifier
    extends EvenstepEstimator<EvenstepClassifier, EvenstepClassificationModel>
    implements ClassColumns<EvenstepClassifier> {
  private static final long serialVersionUID = 1L;

  /** An estimator with a generated uid. */
  public EvenstepClassifier() {
    this(Identifiable$.MODULE$.randomUID("evenstepClassifier"));
  }

  /** An estimator with the given uid. */
  public EvenstepClassifier(String uid) {
    super(uid);
  }

  @Override
  boolean isClassification() {
    return true;
  }

  @Override
  List<Param<?>> columnParams() {
    return List.of(
        featuresCol(),
        labelCol(),
        weightCol(),
        validationIndicatorCol(),
        predictionCol(),
        probabilityCol(),
        rawPredictionCol());
  }

  @Override
  EvenstepClassificationModel model(ScoringNetwork network, TrainingSummary summary) {
    return new EvenstepClassificationModel(uid(), network, summary);
  }

  @Override
  SchemaRules outputs(SchemaRules schema) {
    return schema.withClasses(this);
  }

  @Override
  public EvenstepClassifier self() {
    return this;
  }

  /** Reads an estimator that was saved. */
  public static MLReader<EvenstepClassifier> read() {
    return new DefaultParamsReader<>();
  }

  /** Reads an estimator from a folder. */
  public static EvenstepClassifier load(String path) {
    return read().load(path);
  }
}
