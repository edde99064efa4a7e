package io.evenstep.driver.ml;

import io.evenstep.driver.run.ModelFiles;
import io.evenstep.driver.run.RunFolder;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.util.MLWriter;

/** Saves Params, and the files of a run's folder in {@code network/}. */
final class ModelWriter extends MLWriter {
  static final String NETWORK = "network";

  private final EvenstepModel<?> model;

  ModelWriter(EvenstepModel<?> model) {
    this.model = model;
  }

  @Override
  public void saveImpl(String path) {
    ParamsWriter.save(model, path, sc());
    RunFolder folder = RunFolder.at(new Path(path, NETWORK), sc().hadoopConfiguration());
    ModelFiles.write(folder, model.network().model());
    model.summary().write(folder);
  }
}
