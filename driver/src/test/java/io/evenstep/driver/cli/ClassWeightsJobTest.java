package io.evenstep.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.driver.run.RunReport;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs that weight rows by their class. */
class ClassWeightsJobTest {
  private static final long SEED = 17;
  private static final String JOB =
      """
      name: small
      data: {format: csv, path: rows.csv, label: label, features: [x, y], test: {fraction: 0.25}}
      model: {name: mlp, hidden: [8]}
      training: {batch: 32, epochs: 4, shards: 4, optimizer: {name: adam, learningRate: 0.01}}
      """;

  @TempDir private Path folder;
  private Workbench bench;

  /** One row in twelve is rare, and the classes overlap. */
  @BeforeEach
  void rows() {
    bench = Workbench.in(folder).job(JOB);
    SplittableRandom random = new SplittableRandom(SEED);
    StringBuilder rows = new StringBuilder("x,y,w,label\n");
    for (int i = 0; i < 1200; i++) {
      boolean rare = random.nextInt(12) == 0;
      rows.append(random.nextDouble() + (rare ? 0.6 : 0)).append(',');
      rows.append(random.nextDouble() + (rare ? 0.3 : 0)).append(',');
      rows.append(rare ? "3,rare\n" : "0.5,usual\n");
    }
    bench.write("rows.csv", rows.toString());
  }

  private String sha(String id, String... settings) {
    String[] line = new String[settings.length * 2 + 2];
    line[0] = "--run-id";
    line[1] = id;
    for (int i = 0; i < settings.length; i++) {
      line[2 * i + 2] = "--set";
      line[2 * i + 3] = settings[i];
    }
    bench.train(line).well();
    return result(id).model().parametersSha256();
  }

  private RunReport result(String id) {
    String json = Workbench.text(bench.path("runs/" + id + "/result.json"));
    return RunReport.fromJson(json);
  }

  @ParameterizedTest
  @ValueSource(strings = {"step", "dl4j"})
  void endsInTheSameBitsForOneTwoAndThreeWorkers(String engine) {
    Map<Integer, String> sha256 = new LinkedHashMap<>();
    for (int workers : new int[] {1, 3, 2}) {
      bench.cores(workers);
      sha256.put(
          workers,
          sha("on-" + workers, "training.classWeights=balanced", "training.engine=" + engine));
      assertThat(result("on-" + workers).work().workers()).isEqualTo(workers);
    }

    assertThat(sha256.values()).as("%s", sha256).containsOnly(sha256.get(1));
    assertThat(sha256.get(1)).isNotEqualTo(sha("plain", "training.engine=" + engine));
  }

  @Test
  void countsARowAsOftenAsAColumnOfWeightsWould() {
    String byColumn = sha("column", "data.weight=w");

    assertThat(sha("classes", "training.classWeights={rare: 3, usual: 0.5}")).isEqualTo(byColumn);
    assertThat(sha("reused", "training.classWeights={usual: 0.5, rare: 3}", "seed=2"))
        .isNotEqualTo(byColumn);
  }

  @Test
  void findsMoreOfTheRareClassWhenClassesCountAlike() {
    sha("plain");
    sha("balanced", "training.classWeights=balanced");

    double plain = result("plain").metrics().get("test.balancedAccuracy");
    double balanced = result("balanced").metrics().get("test.balancedAccuracy");
    assertThat(balanced).as("seed %d", SEED).isGreaterThan(plain + 0.1);
  }

  @Test
  void refusesFactorsThatDoNotFitTheClasses() {
    String key = "Invalid training.classWeights";
    bench
        .train("--set", "training.classWeights={rare: 3, other: 1}")
        .failed(
            78,
            key + ": must be of the classes [rare, usual], got other",
            key
                + ": must have a factor for each class, but has none for [usual], got [rare,"
                + " other]");
    bench
        .train("--set", "training.classWeights={rare: -1, usual: 1}")
        .failedBySayingWhy(78, key + ".rare: must be from 0 to 1000000, got -1");
    bench
        .train("--set", "training.classWeights=even")
        .failedBySayingWhy(78, key + ": must be balanced, or a factor for each class, got even");
    bench
        .train("--set", "training.classWeights=balanced", "--set", "data.task=regression")
        .failedBySayingWhy(78, key + ": must not be set where labels are numbers, got balanced");
  }

  @Test
  void aFirstJobForUnbalancedClassesWeightsThem() {
    bench
        .type(
            "new",
            bench.path("rows.csv").toString(),
            "--label",
            "label",
            "--output",
            bench.path("job.yaml").toString(),
            "--force")
        .well();

    assertThat(Workbench.text(bench.path("job.yaml")))
        .contains("  classWeights: balanced          # rare has ");
  }
}
