package io.evenstep.driver.ml;

import io.evenstep.driver.SparkTest;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;

/** Scores rows with a saved pipeline and writes each row's predictions, bit for bit. */
final class ScoreSaved {
  private ScoreSaved() {}

  /** Arguments: the pipeline's folder, the folder of the rows in Parquet, and the file to write. */
  public static void main(String... folders) throws IOException {
    SparkTest.session();
    PipelineModel model = PipelineModel.load(folders[0]);
    try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(Path.of(folders[2])))) {
      for (Row row :
          model
              .transform(SparkTest.session().read().parquet(folders[1]))
              .select("prediction", "probability", "rawPrediction")
              .collectAsList()) {
        out.writeDouble(row.getDouble(0));
        for (int column = 1; column <= 2; column++) {
          for (double number : row.<Vector>getAs(column).toArray()) {
            out.writeDouble(number);
          }
        }
      }
    }
    SparkTest.stop();
  }
}
