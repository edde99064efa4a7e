package io.evenstep.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.driver.cluster.Built;
import io.evenstep.driver.run.RunReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small convolutional network on the digits, with every kind of augmentation. */
class AugmentedJobTest {
  private static final String JOB =
      """
      name: small
      data:
        format: csv
        path: %s
        header: false
        label: c64
        shape: [1, 8, 8]
        normalize: scale
        test: {fraction: 0.2}
        augment:
          - flip: {axis: horizontal, probability: 0.1}
          - shift: {pixels: 1}
          - rotate: {degrees: 10}
          - zoom: {by: 0.1}
          - shear: {by: 0.1}
          - brightness: {by: 0.2}
          - contrast: {by: 0.2}
          - cutout: {pixels: 2, probability: 0.5}
          - noise: {deviation: 0.05}
          - cutmix: {probability: 0.2}
          - mixup: {alpha: 0.2, probability: 0.5}
      model:
        layers:
          - {type: conv2d, filters: 4}
          - {type: maxPool}
          - {type: dense, units: 32, dropout: 0.1}
      training: {batch: 100, epochs: 1, shards: 4}
      """;

  /** The same digits as images, and three of their pixels as a second input. */
  private static final String TWO_INPUTS =
      """
      name: small
      data:
        format: csv
        path: %s
        header: false
        inputs:
          - {name: corner, features: [c0, c1, c2]}
          - {name: image, features: [%s], shape: [1, 8, 8]}
        label: c64
        normalize: scale
        test: {fraction: 0.2}
        augment: [{shift: {pixels: 1}}, {noise: {deviation: 0.05}}]
      model:
        layers:
          - {type: conv2d, filters: 4, from: image, id: seen}
          - {type: dense, units: 16, from: seen, id: picture}
          - {type: dense, units: 4, from: corner, id: edge}
          - {type: dense, units: 16, from: [picture, edge]}
      training: {batch: 100, epochs: 1, shards: 4}
      """;

  @TempDir private Path folder;
  private Workbench bench;

  @BeforeEach
  void setUp() {
    bench = Workbench.in(folder);
    bench.job(JOB.formatted(digits()));
  }

  private static Path digits() {
    return Built.root().resolve("conf/data/digits.csv.gz").toAbsolutePath();
  }

  @Test
  void endsInTheSameBitsForOneTwoAndThreeWorkers() {
    String alone = train(1, "alone").model().parametersSha256();
    assertThat(train(2, "two").model().parametersSha256()).isEqualTo(alone);
    assertThat(train(3, "three").model().parametersSha256()).isEqualTo(alone);
  }

  @Test
  void isAnotherRunThanOneOfPlainRowsOverTheSamePack() {
    RunReport augmented = train(2, "augmented");
    RunReport plain = train(2, "plain", "--set", "data.augment=[]");

    assertThat(plain.origin().packReused()).isTrue();
    assertThat(plain.model().parametersSha256()).isNotEqualTo(augmented.model().parametersSha256());
    assertThat(plain.origin().configSha256()).isNotEqualTo(augmented.origin().configSha256());
  }

  @Test
  void augmentsOneOfSeveralInputsToTheSameBitsForAnyNumberOfWorkers() {
    String pixels = IntStream.range(0, 64).mapToObj(i -> "c" + i).collect(Collectors.joining(", "));
    bench.job(TWO_INPUTS.formatted(digits(), pixels));

    String alone = train(1, "alone").model().parametersSha256();
    assertThat(train(2, "two").model().parametersSha256()).isEqualTo(alone);
    assertThat(train(2, "named", "--set", "data.augmentInput=image").model().parametersSha256())
        .isEqualTo(alone);
    assertThat(train(2, "plain", "--set", "data.augment=[]").model().parametersSha256())
        .isNotEqualTo(alone);
    bench
        .train("--run-id", "mixed", "--set", "data.augment=[mixup]")
        .failed(
            78,
            "Invalid data.augment[0].mixup: needs rows with one input, as it mixes whole rows, got"
                + " 2");
  }

  @Test
  void refusesToMoveRowsThatAreNoImages() {
    bench
        .job(Workbench.JOB)
        .train("--set", "data.augment=[flip, mixup]")
        .failed(
            78,
            "Invalid data.augment[0].flip: needs rows of shape [channels, height, width], which"
                + " data.shape can give them, got rows of [2]");
    assertThat(bench.run("config.json")).doesNotExist();
  }

  private RunReport train(int workers, String id, String... more) {
    List<String> line = new ArrayList<>(List.of("--run-id", id));
    line.addAll(List.of("--set", "training.workers=" + workers));
    line.addAll(List.of(more));
    bench.cores(workers).train(line.toArray(String[]::new)).well();
    return RunReport.fromJson(Workbench.text(bench.path("runs/" + id + "/result.json")));
  }
}
