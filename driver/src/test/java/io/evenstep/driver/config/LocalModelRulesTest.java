package io.evenstep.driver.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenstep.model.ConfigException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LocalModelRulesTest {
  private static final String MAP =
      """
      data: {format: csv, path: x.csv, task: reconstruction}
      model: {name: kohonen}
      training: {optimizer: {name: sgd, learningRate: 0.5}}
      """;

  @Test
  void takesAMapAndItsParameters() {
    JobConfig job = JobTexts.parse(MAP, Map.of("model.grid", "[4, 6]", "model.radius", "2"));

    assertThat(job.network().source().toString()).contains("kohonen", "[4, 6]", "2.0");
  }

  @Test
  void refusesWhatDoesNotGoWithMeans() {
    assertThatThrownBy(
            () ->
                JobTexts.parse(
                    MAP,
                    Map.of(
                        "data.task", "regression",
                        "data.weight", "w",
                        "training.wire", "int8",
                        "training.sync", "averaging")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(
            "data.task: must be reconstruction for model.name kohonen, which learns from features"
                + " alone, got regression")
        .hasMessageContaining("data.weight: must not be set for model.name kohonen")
        .hasMessageContaining("training.wire: must be float32 for model.name kohonen")
        .hasMessageContaining("training.sync: must be all-reduce for model.name kohonen");
    assertThatThrownBy(() -> JobTexts.parse(MAP, Map.of("training.auto", "[float32, sharing]")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("training.auto: must be float32 for model.name kohonen");
    assertThatThrownBy(
            () ->
                JobTexts.parse(
                    MAP,
                    Map.of(
                        "training.optimizer.learningRate", "2",
                        "training.l2", "0.1",
                        "training.clip.norm", "1",
                        "model.loss", "mae")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("training.optimizer: must be sgd with a learning rate of at most 1")
        .hasMessageContaining("training.l2: does not apply to model.name kohonen")
        .hasMessageContaining("training.clip.norm: does not apply to model.name kohonen")
        .hasMessageContaining("model.loss: does not apply to model.name kohonen");
  }

  @Test
  void aBoltzmannMachineTakesAnyOptimizerButNeedsProbabilities() {
    Map<String, String> adam = Map.of("model.name", "rbm", "training.optimizer.name", "adam");
    assertThat(JobTexts.parse(MAP, adam).name()).isEqualTo("job");
    assertThatThrownBy(
            () -> JobTexts.parse(MAP, Map.of("model.name", "rbm", "data.normalize", "standard")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(
            "data.normalize: must be none, min-max or scale for model.name rbm, whose inputs are"
                + " probabilities, got standard");
  }
}
