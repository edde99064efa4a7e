package io.evenstep.driver.ml;

import io.evenstep.worker.checkpoint.FileFault;
import io.evenstep.worker.checkpoint.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkContext;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLWriter;
import scala.Option;

/**
 * Saves Params in Spark's format, one line of JSON in {@code metadata/}. Does not use Spark's own
 * writer, because that renames files.
 */
final class ParamsWriter extends MLWriter {
  private final Params params;

  ParamsWriter(Params params) {
    this.params = params;
  }

  @Override
  public void saveImpl(String path) {
    save(params, path, sc());
  }

  static void save(Params params, String path, SparkContext context) {
    String json =
        DefaultParamsWriter.getMetadataToSave(params, context, Option.empty(), Option.empty())
            + "\n";
    Path folder = new Path(path, "metadata");
    try {
      FileSystem files = folder.getFileSystem(context.hadoopConfiguration());
      files.mkdirs(folder);
      byte[] line = json.getBytes(StandardCharsets.UTF_8);
      WholeFile.write(files, new Path(folder, "part-00000"), out -> out.write(line));
      files.create(new Path(folder, "_SUCCESS"), true).close();
    } catch (IOException e) {
      throw FileFault.of("Cannot write", folder, e);
    }
  }
}
