package io.evenstep.driver.ml;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.driver.ObjectStoreFixture;
import io.evenstep.driver.SparkTest;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Estimators and models are saved where nothing can be renamed, and loaded from there. */
class SavedOnObjectStoreTest {
  @TempDir private Path folder;

  @Test
  void givesBackEstimatorAndModel() throws IOException {
    ObjectStoreFixture.addTo(SparkTest.session().sparkContext().hadoopConfiguration());
    Dataset<Row> rows = MlData.points(60);
    EvenstepClassifier classifier =
        new EvenstepClassifier()
            .setEpochs(1)
            .setBatch(20)
            .setPredictionCol("said")
            .setting("output", "objects:" + folder + "/runs");
    EvenstepClassificationModel model = classifier.fit(rows);

    save(classifier, "classifier");
    save(model, "model");
    save(model, "model"); // in place of the first

    assertThat(EvenstepClassifier.load(path("classifier")).getPredictionCol()).isEqualTo("said");
    EvenstepClassificationModel loaded = EvenstepClassificationModel.load(path("model"));
    assertThat(loaded.transform(rows).orderBy("id").collectAsList())
        .isEqualTo(model.transform(rows).orderBy("id").collectAsList());
  }

  private void save(MLWritable stage, String name) throws IOException {
    stage.write().overwrite().save(path(name));
  }

  private String path(String name) {
    return "objects:" + folder + "/" + name;
  }
}
