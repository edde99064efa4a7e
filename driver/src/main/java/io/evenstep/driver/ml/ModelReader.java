package io.evenstep.driver.ml;

import io.evenstep.driver.ml.score.ScoringNetwork;
import io.evenstep.driver.run.ModelFiles;
import io.evenstep.driver.run.RunFolder;
import io.evenstep.worker.evaluation.Judging;
import io.evenstep.worker.evaluation.OutputEvaluator.Loss;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.MLReader;
import scala.Option;

/** Reads what {@link ModelWriter} wrote. */
final class ModelReader<M extends EvenstepModel<M>> extends MLReader<M> {
  private final Class<M> type;
  private final Maker<M> maker;

  ModelReader(Class<M> type, Maker<M> maker) {
    this.type = type;
    this.maker = maker;
  }

  /** A model's constructor. */
  @FunctionalInterface
  interface Maker<M> {
    M make(String uid, ScoringNetwork network, TrainingSummary summary);
  }

  @Override
  public M load(String path) {
    DefaultParamsReader.Metadata metadata =
        DefaultParamsReader.loadMetadata(path, sc(), type.getName());
    RunFolder folder =
        RunFolder.at(new Path(path, ModelWriter.NETWORK), sc().hadoopConfiguration());
    TrainingSummary summary = TrainingSummary.read(folder);
    ScoringNetwork network =
        new ScoringNetwork(
            ModelFiles.read(
                folder,
                Judging.of(Loss.OF_TASK),
                summary.scoringEngine(),
                OwnTypes.of(sparkSession())));
    M model = maker.make(metadata.uid(), network, summary);
    metadata.getAndSetParams(model, Option.empty());
    return model;
  }
}
