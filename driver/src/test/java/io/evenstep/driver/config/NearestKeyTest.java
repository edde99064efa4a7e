package io.evenstep.driver.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestKeyTest {
  @ParameterizedTest
  @CsvSource({
    "training.bach, training.batch",
    "traning.batch, training.batch",
    "training.optimiser.learningRate, training.optimizer.learningRate",
    "training.optimizer.learning_rate, training.optimizer.learningRate",
    "training.epcohs, training.epochs",
    "batch, training.batch",
    "learningRate, training.optimizer.learningRate",
    "model.layer, model.layers",
    "data.test.fracton, data.test.fraction"
  })
  void findsWhatWasMeant(String wrong, String meant) {
    assertThat(NearestKey.find(wrong, Catalogue.NAMES)).contains(meant);
  }

  @Test
  void keepsQuietWhenNothingIsNear() {
    assertThat(NearestKey.find("spark.executor.memory", Catalogue.NAMES)).isEmpty();
    assertThat(NearestKey.rule("xyzzy", Catalogue.NAMES)).isEqualTo("must be a known key");
  }
}
