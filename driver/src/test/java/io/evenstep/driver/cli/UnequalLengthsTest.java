package io.evenstep.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.evenstep.driver.run.RunReport;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sequences of unequal lengths, alone and beside other columns. */
class UnequalLengthsTest {
  private static final String BESIDE =
      """
      name: beside
      data:
        format: csv
        path: rows.csv
        inputs:
          - {name: steps, features: [{column: s, type: sequence, padded: true}]}
          - {name: table, features: [x]}
        outputs: [{name: class, label: label}]
        test: {fraction: 0.25}
      model:
        layers:
          - {type: lstm, units: 6, from: steps, id: read}
          - {type: dense, units: 4, from: table, id: side}
          - {type: dense, units: 6, from: [read, side]}
      training: {batch: 16, epochs: 3, shards: 4, optimizer: {name: adam, learningRate: 0.02}}
      """;

  private static final String WINDOWS =
      """
      name: windows
      data:
        format: csv
        path: rows.csv
        label: label
        features: [{column: s, type: sequence, padded: true}]
        test: {fraction: 0.25}
      model: {layers: [{type: conv1d, filters: 4, kernel: 2}, {type: lstm, units: 6}]}
      training: {batch: 16, epochs: 2, shards: 4}
      """;

  @TempDir private Path folder;
  private Workbench bench;

  /** Sequences of 2 to 6 numbers; their sum, or the other column, decides the class. */
  @BeforeEach
  void rows() {
    SplittableRandom random = new SplittableRandom(3);
    StringBuilder rows = new StringBuilder("s,x,label\n");
    for (int row = 0; row < 96; row++) {
      int sum = 0;
      int length = 2 + random.nextInt(5);
      for (int step = 0; step < length; step++) {
        int number = random.nextInt(7) - 3;
        sum += number;
        rows.append(step == 0 ? "" : " ").append(number);
      }
      int beside = random.nextInt(5) - 2;
      rows.append(',').append(beside).append(sum + beside > 0 ? ",up\n" : ",down\n");
    }
    bench = Workbench.in(folder);
    bench.write("rows.csv", rows.toString());
  }

  private RunReport result(String id) {
    return RunReport.fromJson(Workbench.text(bench.path("runs/" + id + "/result.json")));
  }

  @Test
  void trainOnTheStepEngineBesideOtherColumns() {
    bench.job(BESIDE);
    Set<String> bits = new HashSet<>();
    for (int workers : new int[] {1, 2, 3}) {
      bench.cores(workers);
      String id = "on-" + workers;
      bench.train("--run-id", id, "--set", "training.workers=" + workers).well();
      assertThat(result(id).model().engine()).isEqualTo("step");
      bits.add(result(id).model().parametersSha256());
    }
    bench.train("--run-id", "other", "--set", "training.engine=dl4j").well();

    assertThat(bits).hasSize(1);
    double loss = result("on-1").metrics().get("test.loss");
    assertThat(result("other").metrics().get("test.loss")).isCloseTo(loss, within(1e-3));
    bench.type("evaluate", bench.path("runs/on-1").toString()).well();
  }

  @Test
  void trainInWindowsOnBothEngines() {
    bench.job(WINDOWS);
    bench.train("--run-id", "fast").well();
    bench.train("--run-id", "other", "--set", "training.engine=dl4j").well();

    assertThat(result("fast").model().engine()).isEqualTo("step");
    double loss = result("fast").metrics().get("test.loss");
    assertThat(result("other").metrics().get("test.loss")).isCloseTo(loss, within(1e-3));
  }
}
