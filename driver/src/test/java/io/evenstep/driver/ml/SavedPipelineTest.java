package io.evenstep.driver.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenstep.driver.SparkTest;
import io.evenstep.driver.cluster.LoggedProcess;
import io.evenstep.model.engine.EngineChoice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A saved model contains everything that it needs, in any process. */
@Tag("slow")
class SavedPipelineTest {
  private static final Duration LIMIT = Duration.ofMinutes(3);

  @TempDir private Path folder;

  @Test
  void predictsTheSameBytesInAFreshJvm() throws IOException {
    Dataset<Row> rows = MlData.digits().limit(300);
    EvenstepClassifier classifier =
        new EvenstepClassifier().setHidden(16).setEpochs(2).setBatch(50).setNormalize("scale");
    PipelineModel model = MlData.digitsPipeline(classifier).fit(rows);
    String saved = folder + "/saved";
    String parquet = folder + "/rows";
    rows.coalesce(1).write().parquet(parquet);
    model.save(saved);

    try (LoggedProcess process =
        FreshJvm.start(
            folder.resolve("log"), ScoreSaved.class, saved, parquet, folder + "/elsewhere")) {
      assertThat(process.exitCode(LIMIT)).as(process.output()).isZero();
    }

    ScoreSaved.main(saved, parquet, folder + "/here");
    byte[] here = Files.readAllBytes(folder.resolve("here"));
    assertThat(here).hasSize(300 * 21 * 8);
    assertThat(Files.readAllBytes(folder.resolve("elsewhere"))).isEqualTo(here);
  }

  @Test
  void keepsParamsAndHistory() throws IOException {
    EvenstepRegressionModel model =
        new EvenstepRegressor()
            .setEpochs(2)
            .setBatch(20)
            .setPredictionCol("z")
            .fit(MlData.curve(100));
    model.save(folder + "/model");

    EvenstepRegressionModel loaded = EvenstepRegressionModel.load(folder + "/model");

    assertThat(loaded.uid()).isEqualTo(model.uid());
    assertThat(loaded.getPredictionCol()).isEqualTo("z");
    assertThat(loaded.numFeatures()).isEqualTo(2);
    assertThat(loaded.summary().epochs()).isEqualTo(model.summary().epochs()).hasSize(2);
    assertThat(loaded.summary().report().model().parametersSha256())
        .isEqualTo(model.summary().report().model().parametersSha256());
    assertThatThrownBy(() -> model.save(folder + "/model")).hasMessageContaining("already exists");
    model.write().overwrite().save(folder + "/model");
  }

  @Test
  void scoresWithTheEngineThatTrainedIt() throws IOException {
    EvenstepRegressor regressor = new EvenstepRegressor().setEpochs(1).setBatch(20);
    EvenstepRegressionModel fast = regressor.fit(MlData.curve(60));
    assertThat(fast.network().model().objective().engine()).isEqualTo(EngineChoice.AUTO);

    EvenstepRegressionModel slow =
        regressor.setting("training.engine", "dl4j").fit(MlData.curve(60));
    assertThat(slow.network().model().objective().engine()).isEqualTo(EngineChoice.DL4J);
    slow.save(folder + "/slow");
    EvenstepRegressionModel loaded = EvenstepRegressionModel.load(folder + "/slow");
    assertThat(loaded.network().model().objective().engine()).isEqualTo(EngineChoice.DL4J);
  }

  @Test
  void isNotReadAsWhatItIsNot() throws IOException {
    SparkTest.session();
    new EvenstepRegressor().save(folder + "/estimator");
    assertThatThrownBy(() -> EvenstepRegressionModel.load(folder + "/estimator"))
        .hasMessageContaining(EvenstepRegressor.class.getName());
  }
}
