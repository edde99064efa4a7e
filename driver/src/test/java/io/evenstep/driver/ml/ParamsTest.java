package io.evenstep.driver.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenstep.driver.SparkTest;
import io.evenstep.driver.config.key.KeyFacts;
import io.evenstep.model.ConfigException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every setting of a job is a Param, with the same rules. */
class ParamsTest {
  @TempDir private Path folder;

  @Test
  void haveOneForEachKeyOfTheJobFileButThoseThatTheDatasetAnswers() {
    EvenstepClassifier classifier = new EvenstepClassifier();
    for (KeyFacts key : KeyFacts.all()) {
      if (!SettingParams.WITHOUT.containsKey(key.name())) {
        Param<?> param = classifier.setting(key.name());
        assertThat(classifier.hasParam(param.name())).as(key.name()).isTrue();
        assertThat(param.doc()).contains(key.name());
      }
    }
    assertThat(KeyFacts.all())
        .extracting(KeyFacts::name)
        .containsAll(SettingParams.WITHOUT.keySet());
    assertThat(Arrays.stream(classifier.params()).map(Param::name)).doesNotHaveDuplicates();
    assertThat(classifier.explainParams())
        .contains("learningRate: Learning rate.", "(default: 0.001");
  }

  @Test
  void takeValuesInAnyFormAndKeepThemInTheirOwn() {
    EvenstepClassifier classifier =
        new EvenstepClassifier()
            .setting("epochs", "7")
            .setting("learningRate", 1)
            .setting("hidden", List.of(8, 4))
            .setting("training.averaging.optimizerState", true)
            .setting("shape", List.of(1, 8, 8));

    assertThat(classifier.getOrDefault(classifier.epochs())).isEqualTo(7);
    assertThat(classifier.getOrDefault(classifier.learningRate())).isEqualTo(1.0);
    assertThat((int[]) classifier.getOrDefault(classifier.hidden())).containsExactly(8, 4);
    assertThat(classifier.settings().given())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "training.epochs", "7",
                "training.optimizer.learningRate", "1.0",
                "model.hidden", "[8, 4]",
                "training.averaging.optimizerState", "true",
                "data.shape", "[1,8,8]"));
  }

  @Test
  void refuseABadValueWithParamRuleAndValue() {
    EvenstepClassifier classifier = new EvenstepClassifier();
    assertThatThrownBy(() -> classifier.setLearningRate(-1))
        .isInstanceOf(ConfigException.class)
        .hasMessage("Invalid learningRate: must be above 0, got -1.0");
    assertThatThrownBy(() -> classifier.set(classifier.epochs(), 0))
        .hasMessage("Invalid epochs: must be at least 1, got 0");
    assertThatThrownBy(() -> classifier.setting("optimizer", "adamm"))
        .hasMessageStartingWith("Invalid optimizer: must be one of ");
    assertThatThrownBy(() -> classifier.setLayers("[{type: dens}]"))
        .hasMessageContaining("Invalid layers")
        .hasMessageContaining("dens");
    assertThatThrownBy(() -> classifier.setting("data.path", "x"))
        .hasMessage(
            "Invalid data.path: must not be set: rows come from the dataset, got data.path");
    assertThatThrownBy(() -> classifier.setting("epoch", 3))
        .hasMessageStartingWith("Invalid epoch: must be a Param or a key of the job file");
  }

  @Test
  void nameThemselvesWhereTheyDoNotHoldTogether() {
    EvenstepClassifier classifier =
        new EvenstepClassifier().setting("workers", 4).setting("shards", 2);
    assertThatThrownBy(() -> classifier.fit(MlData.points(40)))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "Invalid shards (training.shards): must be at least training.workers, 4, got 2");
  }

  @Test
  void areKeptByACopyAndByASavedEstimator() throws IOException {
    SparkTest.session();
    EvenstepClassifier classifier =
        new EvenstepClassifier()
            .setFeaturesCol("pixels")
            .setHidden(8, 4)
            .setNormalize("standard")
            .setSeed(1L << 40)
            .setting("dropout", 0.25);

    EvenstepClassifier copy = classifier.copy(new ParamMap().put(classifier.learningRate().w(0.5)));
    classifier.save(folder + "/saved");
    EvenstepClassifier loaded = EvenstepClassifier.load(folder + "/saved");

    assertThat(loaded.settings().given()).isEqualTo(classifier.settings().given());
    assertThat(loaded.uid()).isEqualTo(classifier.uid());
    assertThat(loaded.getFeaturesCol()).isEqualTo("pixels");
    assertThat(copy.getFeaturesCol()).isEqualTo("pixels");
    assertThat(copy.settings().given())
        .containsAllEntriesOf(classifier.settings().given())
        .containsEntry("training.optimizer.learningRate", "0.5");
    assertThat(classifier.isSet(classifier.learningRate())).isFalse();
  }
}
