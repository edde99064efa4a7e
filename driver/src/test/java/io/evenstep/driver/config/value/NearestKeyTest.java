package io.evenstep.driver.config.value;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.driver.config.key.KeyCatalogue;
import java.util.List;
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
    "data.test.fracton, data.test.fraction",
    "trainng.epochs, training.epochs",
    "data.fromat, data.format",
    "data.lables, data.labels",
    "data.lable, data.label",
    "trainng.bach, training.batch",
    "training.batchSize, training.batch",
    "training.learning_rate, training.optimizer.learningRate",
    "validation.fraction, data.validation.fraction",
    "model.epochs, training.epochs",
    "training.worker, training.workers",
    "path, data.path",
    "nmae, name"
  })
  void findsWhatWasMeant(String wrong, String meant) {
    assertThat(NearestKey.find(wrong, KeyCatalogue.NAMES)).contains(meant);
  }

  @Test
  void keepsQuietWhenNothingIsNear() {
    for (String far :
        List.of("spark.executor.memory", "training.optimizer.lr", "trainng.name", "data.x")) {
      assertThat(NearestKey.find(far, KeyCatalogue.NAMES)).as(far).isEmpty();
    }
    assertThat(NearestKey.rule("xyzzy", KeyCatalogue.NAMES)).isEqualTo("must be a known key");
  }
}
