package io.evenstep.driver.ml;

import io.evenstep.driver.ml.score.OutputCells;
import io.evenstep.driver.ml.score.ScoredColumns;
import io.evenstep.driver.ml.score.ScoringNetwork;
import io.evenstep.driver.ml.score.VectorScoring;
import io.evenstep.model.data.Encoding;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * A trained network as a transformer: it predicts rows where they are stored, in batches. The
 * network is broadcast once, however often a model or its copies transform.
 *
 * @param <M> the model itself
 */
public abstract class EvenstepModel<M extends EvenstepModel<M>> extends Model<M>
    implements ScoringColumns<M>, MLWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private final ColumnParams columns;
  private final transient ScoringNetwork network;
  private final transient TrainingSummary summary;

  EvenstepModel(String uid, ScoringNetwork network, TrainingSummary summary) {
    this.uid = uid;
    this.columns = new ColumnParams(this);
    this.network = network;
    this.summary = summary;
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public ColumnParams columns() {
    return columns;
  }

  /** The summary of the training; saved with the model. */
  public TrainingSummary summary() {
    return summary;
  }

  /** Required size of the vectors in {@link #featuresCol}. */
  public int numFeatures() {
    return encoding().inputs().get(0).segments().get(0).valueNumbers();
  }

  ScoringNetwork network() {
    return network;
  }

  Encoding encoding() {
    return network.model().encoding();
  }

  abstract OutputCells cells();

  /** Checks the schema and adds the output columns. */
  abstract SchemaRules outputs(SchemaRules schema);

  final boolean isWanted(Param<String> param) {
    return !getOrDefault(param).isEmpty();
  }

  @Override
  public StructType transformSchema(StructType schema) {
    SchemaRules rules = new SchemaRules(this, schema);
    rules.requireVectors(featuresCol());
    return outputs(rules).schema();
  }

  /** Adds the predictions. A missing vector, or one of another size, fails the task. */
  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    StructType schema = transformSchema(dataset.schema());
    OutputCells cells = cells();
    if (cells.none()) {
      return dataset.toDF();
    }
    VectorScoring scoring =
        new VectorScoring(
            encoding().withoutOutputs().toJson(),
            getFeaturesCol(),
            cells,
            network.on(dataset.sparkSession().sparkContext()));
    return ScoredColumns.of(dataset.toDF(), scoring, schema);
  }

  @Override
  public MLWriter write() {
    return new ModelWriter(this);
  }
}
