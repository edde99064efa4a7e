package io.evenstep.driver.ml;

import io.evenstep.driver.ml.score.OutputCells;
import io.evenstep.driver.ml.score.ScoringNetwork;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLReader;

/**
 * A network that {@link EvenstepClassifier} trained: predicts the most likely class of each row.
 */
public final class EvenstepClassificationModel extends EvenstepModel<EvenstepClassificationModel>
    implements ClassColumns<EvenstepClassificationModel> {
  private static final long serialVersionUID = 1L;

  EvenstepClassificationModel(String uid, ScoringNetwork network, TrainingSummary summary) {
    super(uid, network, summary);
    columns().setDefaults(this);
  }

  /** The number of classes. */
  public int numClasses() {
    return encoding().classes().size();
  }

  @Override
  public Param<?>[] params() {
    return new Param<?>[] {featuresCol(), predictionCol(), probabilityCol(), rawPredictionCol()};
  }

  @Override
  OutputCells cells() {
    boolean outputs = isWanted(rawPredictionCol()) || isWanted(probabilityCol());
    return new OutputCells(
        outputs, isWanted(predictionCol()), true, encoding().outputs().get(0).decision());
  }

  @Override
  SchemaRules outputs(SchemaRules schema) {
    return schema.withClasses(this);
  }

  @Override
  public EvenstepClassificationModel self() {
    return this;
  }

  @Override
  public EvenstepClassificationModel copy(ParamMap extra) {
    EvenstepClassificationModel copy = new EvenstepClassificationModel(uid(), network(), summary());
    return copyValues(copy, extra).setParent(parent());
  }

  /** Reads what {@link #write} wrote. */
  public static MLReader<EvenstepClassificationModel> read() {
    return new ModelReader<>(EvenstepClassificationModel.class, EvenstepClassificationModel::new);
  }

  /** Reads a model from a folder. */
  public static EvenstepClassificationModel load(String path) {
    return read().load(path);
  }
}
