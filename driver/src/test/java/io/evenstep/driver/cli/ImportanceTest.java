package io.evenstep.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportanceTest {
  private static final long SEED = 23;
  private static final String JOB =
      """
      name: small
      data: {format: csv, path: rows.csv, validation: {fraction: 0.3}, normalize: standard,
        features: [{column: noise, type: numeric}, {column: c, type: categorical},
          {column: x, type: numeric}], label: label}
      model: {name: logistic}
      training: {batch: 16, epochs: 10, shards: 4, optimizer: {name: adam, learningRate: 0.05}}
      """;

  @TempDir private Path folder;

  /** The class depends mostly on x, a little on c, and not on noise. */
  @Test
  void theColumnThatTellsTheClassComesFirstAndNoiseLast() {
    Workbench bench = Workbench.in(folder).job(JOB);
    SplittableRandom random = new SplittableRandom(SEED);
    StringBuilder rows = new StringBuilder("noise,c,x,label\n");
    for (int i = 0; i < 600; i++) {
      double x = random.nextDouble(-1, 1);
      boolean red = random.nextBoolean();
      rows.append(random.nextDouble()).append(red ? ",red," : ",blue,").append(x);
      rows.append(x + (red ? 0.3 : 0) > 0.15 ? ",yes\n" : ",no\n");
    }
    bench.write("rows.csv", rows.toString());
    bench.train().well();

    Ended ended =
        bench.type("evaluate", bench.path("runs/small").toString(), "--importance").well();

    List<String> lines = ended.out().lines().map(String::strip).toList();
    assertThat(lines).as("seed %d", SEED).hasSize(3);
    assertThat(lines.get(0)).startsWith("x ");
    assertThat(lines.get(1)).startsWith("c ");
    assertThat(lines.get(2)).startsWith("noise ");
    assertThat(Double.parseDouble(lines.get(0).replaceFirst("\\S+\\s+", ""))).isGreaterThan(0.2);
    assertThat(Double.parseDouble(lines.get(2).replaceFirst("\\S+\\s+", ""))).isLessThan(0.02);
    bench.cores(1);
    assertThat(bench.type("evaluate", bench.path("runs/small").toString(), "--importance").out())
        .isEqualTo(ended.out());
  }

  @Test
  void refusesARunWithoutValidationRows() {
    Workbench bench = Workbench.in(folder);
    bench.train().well();

    bench
        .type("evaluate", bench.path("runs/small").toString(), "--importance")
        .failedBySayingWhy(78, "data.validation.fraction: must be above 0");
  }
}
