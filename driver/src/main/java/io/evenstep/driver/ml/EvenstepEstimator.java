package io.evenstep.driver.ml;

import io.evenstep.driver.ml.score.ScoringNetwork;
import io.evenstep.model.ConfigException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * Trains a network on a dataset as {@code evenstep train} does on a job file's rows: every key of
 * the job file is a Param, except those that say where rows come from.
 *
 * @param <E> the estimator itself
 * @param <M> the model it fits
 */
public abstract class EvenstepEstimator<
        E extends EvenstepEstimator<E, M>, M extends EvenstepModel<M>>
    extends Estimator<M> implements TrainingColumns<E>, TrainingSettings<E>, MLWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private final ColumnParams columns;
  private final SettingParams settings;

  EvenstepEstimator(String uid) {
    this.uid = uid;
    this.columns = new ColumnParams(this);
    this.settings = new SettingParams(this);
    columns.setDefaults(this);
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public ColumnParams columns() {
    return columns;
  }

  @Override
  public SettingParams settings() {
    return settings;
  }

  @Override
  public abstract E self();

  abstract boolean isClassification();

  /** The Params that name columns. */
  abstract List<Param<?>> columnParams();

  abstract M model(ScoringNetwork network, TrainingSummary summary);

  @Override
  public Param<?>[] params() {
    List<Param<?>> params = new ArrayList<>(columnParams());
    params.addAll(settings.all());
    return params.toArray(Param<?>[]::new);
  }

  /**
   * Trains.
   *
   * @throws io.evenstep.model.ConfigException naming the Params that do not match the rows or each
   *     other
   * @throws io.evenstep.model.DataException naming the rows that cannot be used
   */
  @Override
  public M fit(Dataset<?> dataset) {
    requireColumns(dataset.schema());
    FitRequest request =
        new FitRequest(
            uid + "-" + UUID.randomUUID().toString().substring(0, 8),
            getFeaturesCol(),
            getLabelCol(),
            wanted(getWeightCol()),
            wanted(getValidationIndicatorCol()),
            isClassification(),
            TuningCall.of(uid));
    Dataset<Row> rows = dataset.toDF();
    FittedNetwork fitted = new EstimatorFit(request, settings, rows).run();
    M model = model(new ScoringNetwork(fitted.model()), fitted.summary());
    return copyValues(model, ParamMap.empty()).setParent(this);
  }

  private static Optional<String> wanted(String column) {
    return Optional.of(column).filter(name -> !name.isEmpty());
  }

  private void requireColumns(StructType schema) {
    SchemaRules rules = new SchemaRules(this, schema);
    rules.requireVectors(featuresCol());
    rules.requireNumbers(labelCol());
    if (wanted(getWeightCol()).isPresent()) {
      rules.requireNumbers(weightCol());
      if (getWeightCol().equals(getLabelCol())) {
        throw new ConfigException(
            "weightCol", "must name a different column than labelCol", getWeightCol());
      }
    }
    if (wanted(getValidationIndicatorCol()).isPresent()) {
      rules.requireFlags(validationIndicatorCol());
    }
  }

  /** Whether a fit has this key of a job file as a Param; a command or the dataset has the rest. */
  public static boolean takes(String key) {
    return !SettingParams.WITHOUT.containsKey(key);
  }

  /** Checks the schema and adds the columns of the model. */
  abstract SchemaRules outputs(SchemaRules schema);

  @Override
  public StructType transformSchema(StructType schema) {
    requireColumns(schema);
    return outputs(new SchemaRules(this, schema)).schema();
  }

  @Override
  public MLWriter write() {
    return new ParamsWriter(this);
  }

  @Override
  public E copy(ParamMap extra) {
    return defaultCopy(extra);
  }
}
