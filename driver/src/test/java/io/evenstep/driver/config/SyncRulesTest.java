package io.evenstep.driver.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SyncRulesTest {
  @Test
  void tellsWhatDoesNotGoWithAChoice() {
    String islands = "training.averaging.islands=4";
    assertThat(JobTexts.problems("training.auto=[float32, sharing, averaging]", islands)).isEmpty();
    assertThat(JobTexts.problems("training.auto=[int8, sharing]", islands, "training.clip.norm=1"))
        .containsExactlyInAnyOrder(
            "Invalid training.averaging.islands: must not be set unless training.sync is"
                + " averaging, or training.auto has averaging, got 4",
            "Invalid training.clip.norm: must not be set where training.auto has sharing: set"
                + " training.sharing.clipNorm, which limits gradients before entries are chosen,"
                + " got 1.0");
    assertThat(
            JobTexts.problems(
                "training.auto=[sharing, averaging]",
                "training.reproducible=false",
                "training.sharing.method=dgc"))
        .containsExactlyInAnyOrder(
            "Invalid training.averaging.islands: must be at least 1 where training.auto has"
                + " averaging: otherwise another number of workers could not resume what the run"
                + " has chosen, got 0",
            "Invalid training.reproducible: must be true where training.auto has sharing: each"
                + " part of a batch has a residual, got false",
            "Invalid training.optimizer.name: must be sgd where training.sharing.method is dgc,"
                + " which applies training.sharing.momentum itself, got nothing");
    assertThat(
            JobTexts.problems(
                "training.auto=[float32, averaging]",
                "training.averaging.islands=32",
                "training.accumulate=8"))
        .containsExactly(
            "Invalid training.accumulate: must be at most 4, the rows of a part: training.batch"
                + " over training.averaging.islands, got 8");
  }
}
