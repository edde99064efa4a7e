package io.evenstep.driver.ml;

import io.evenstep.driver.ModelFiles;
import io.evenstep.driver.RunFolder;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLWriter;
import scala.Option;

/** Saves Params as Spark does, and beside them, in {@code network/}, what a run's folder holds. */
final class ModelWriter extends MLWriter {
  static final String NETWORK = "network";

  private final EvenstepModel<?> model;

  ModelWriter(EvenstepModel<?> model) {
    this.model = model;
  }

  @Override
  public void saveImpl(String path) {
    DefaultParamsWriter.saveMetadata(model, path, sc(), Option.empty(), Option.empty());
    RunFolder folder = RunFolder.at(new Path(path, NETWORK), sc().hadoopConfiguration());
    ModelFiles.write(folder, model.network().model());
    model.summary().write(folder);
  }
}
