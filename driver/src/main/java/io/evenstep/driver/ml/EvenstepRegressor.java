package io.evenstep.driver.ml;

import io.evenstep.driver.ml.score.ScoringNetwork;
import java.util.List;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.types.DataTypes;

/** Trains a network to predict a number. */
public final class EvenstepRegressor
    extends EvenstepEstimator<EvenstepRegressor, EvenstepRegressionModel> {
  private static final long serialVersionUID = 1L;

  /** An estimator with a generated uid. */
  public EvenstepRegressor() {
    this(Identifiable$.MODULE$.randomUID("evenstepRegressor"));
  }

  /** An estimator with the given uid. */
  public EvenstepRegressor(String uid) {
    super(uid);
  }

  @Override
  boolean isClassification() {
    return false;
  }

  @Override
  List<Param<?>> columnParams() {
    return List.of(
        featuresCol(), labelCol(), weightCol(), validationIndicatorCol(), predictionCol());
  }

  @Override
  EvenstepRegressionModel model(ScoringNetwork network, TrainingSummary summary) {
    return new EvenstepRegressionModel(uid(), network, summary);
  }

  @Override
  SchemaRules outputs(SchemaRules schema) {
    return schema.with(predictionCol(), DataTypes.DoubleType);
  }

  @Override
  public EvenstepRegressor self() {
    return this;
  }

  /** Reads an estimator that was saved. */
  public static MLReader<EvenstepRegressor> read() {
    return new DefaultParamsReader<>();
  }

  /** Reads an estimator from a folder. */
  public static EvenstepRegressor load(String path) {
    return read().load(path);
  }
}
