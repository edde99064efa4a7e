package io.evenstep.driver.dl4j;

import io.evenstep.model.DataException;
import io.evenstep.model.NativeRuntime;
import io.evenstep.model.Reason;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.util.SerializableConfiguration;
import org.deeplearning4j.spark.data.loader.RemoteFileSource;
import org.nd4j.common.loader.Loader;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** Examples in files, one DataSet or MultiDataSet per file. Executors read them while packing. */
final class SavedExamples {
  private SavedExamples() {}

  /**
   * The examples of all files, ordered by path.
   *
   * @param loader reads a DataSet or a MultiDataSet
   */
  static JavaRDD<MultiDataSet> load(JavaRDD<String> paths, Loader<?> loader) {
    SerializableConfiguration hadoop =
        new SerializableConfiguration(paths.context().hadoopConfiguration());
    return paths.map(path -> load(path, loader, hadoop.value()));
  }

  private static MultiDataSet load(String path, Loader<?> loader, Configuration hadoop) {
    NativeRuntime.prepare();
    try {
      Path file = new Path(path);
      Object loaded = loader.load(new RemoteFileSource(path, file.getFileSystem(hadoop)));
      return loaded instanceof DataSet single ? single.toMultiDataSet() : (MultiDataSet) loaded;
    } catch (IOException | RuntimeException e) { // ND4J's readers throw both for bad files
      throw new DataException("Cannot read examples from " + path + ": " + Reason.of(first(e)), e);
    }
  }

  /** ND4J's readers wrap the cause, and each wrapper says less about it. */
  private static Throwable first(Throwable failure) {
    Throwable cause = failure.getCause();
    return cause == null ? failure : first(cause);
  }
}
