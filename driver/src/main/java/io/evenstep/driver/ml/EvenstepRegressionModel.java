package io.evenstep.driver.ml;

import io.evenstep.driver.ml.score.OutputCells;
import io.evenstep.driver.ml.score.ScoringNetwork;
import io.evenstep.model.decision.Decision;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.types.DataTypes;

/** A network that {@link EvenstepRegressor} trained: predicts a number for each row. */
public final class EvenstepRegressionModel extends EvenstepModel<EvenstepRegressionModel> {
  private static final long serialVersionUID = 1L;

  EvenstepRegressionModel(String uid, ScoringNetwork network, TrainingSummary summary) {
    super(uid, network, summary);
    columns().setDefaults(this);
  }

  @Override
  public Param<?>[] params() {
    return new Param<?>[] {featuresCol(), predictionCol()};
  }

  @Override
  OutputCells cells() {
    return new OutputCells(false, isWanted(predictionCol()), false, Decision.USUAL);
  }

  @Override
  SchemaRules outputs(SchemaRules schema) {
    return schema.with(predictionCol(), DataTypes.DoubleType);
  }

  @Override
  public EvenstepRegressionModel self() {
    return this;
  }

  @Override
  public EvenstepRegressionModel copy(ParamMap extra) {
    EvenstepRegressionModel copy = new EvenstepRegressionModel(uid(), network(), summary());
    return copyValues(copy, extra).setParent(parent());
  }

  /** Reads what {@link #write} wrote. */
  public static MLReader<EvenstepRegressionModel> read() {
    return new ModelReader<>(EvenstepRegressionModel.class, EvenstepRegressionModel::new);
  }

  /** Reads a model from a folder. */
  public static EvenstepRegressionModel load(String path) {
    return read().load(path);
  }
}
