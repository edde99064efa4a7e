package io.evenstep.driver.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
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
    assertThat(Nearest.find(wrong, Catalogue.NAMES)).contains(meant);
  }

  @Test
  void keepsQuietWhenNothingIsNear() {
    assertThat(Nearest.find("spark.executor.memory", Catalogue.NAMES)).isEmpty();
    assertThat(Nearest.rule("xyzzy", Catalogue.NAMES)).isEqualTo("must be a known key");
  }

  @Test
  void countsASwapAsOne() {
    assertThat(Nearest.distance("epcohs", "epochs")).isEqualTo(1);
    assertThat(Nearest.distance("", "abc")).isEqualTo(3);
    assertThat(Nearest.distance("kitten", "sitting")).isEqualTo(3);
  }
}
