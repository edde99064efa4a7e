package io.evenstep.driver.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenstep.driver.config.key.KeyCatalogue;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PrecedenceTest {
  private static final String FILE =
      """
      data: {format: csv, path: x.csv, options: {quote: q}}
      model: {name: mlp}
      training.epochs: 3
      training: {batch: 32, shards: 4}
      """;
  private static final Overrides OVERRIDES =
      Overrides.of(
          Map.of("training.batch", "64", "data.options.escape", "e"),
          Map.of(
              "spark.evenstep.training.batch", "16",
              "spark.evenstep.training.shards", "2",
              "spark.executor.memory", "1g"));

  private final JobConfig job = JobConfig.parse(FILE, "job.yaml", "/jobs", OVERRIDES);

  @Test
  void setWinsOverSparkOverFileOverDefault() {
    assertThat(job.training().batches().rows()).isEqualTo(64);
    assertThat(job.training().batches().shards()).isEqualTo(2);
    assertThat(job.training().epochs()).isEqualTo(3);
    assertThat(job.training().peers().attempts()).isEqualTo(3);
  }

  @Test
  void addsOneOptionToThoseOfTheFile() {
    assertThat(job.data().sources().train().options())
        .isEqualTo(Map.of("quote", "q", "escape", "e"));
  }

  @Test
  void saysWhereEachValueCameFrom() {
    assertThat(job.describe().lines().map(line -> line.replaceAll(" +", " ")))
        .hasSize(KeyCatalogue.KEYS.size())
        .contains(
            "training.batch: 64 # --set",
            "training.shards: 2 # spark.evenstep.training.shards",
            "training.epochs: 3 # job.yaml:3",
            "model.name: \"mlp\" # job.yaml:2",
            "training.attempts: 3 # default",
            "# data.splitSeed: # the value of `seed`");
  }

  @Test
  void describesAJobThatIsTheSameJob() {
    JobConfig again = JobConfig.parse(job.describe(), "printed.yaml", "/elsewhere", Overrides.NONE);

    assertThat(again.sha256()).isEqualTo(job.sha256());
    assertThat(again.data()).isEqualTo(job.data());
    assertThat(again.training()).isEqualTo(job.training());
    assertThat(again.network()).isEqualTo(job.network());
  }

  @Test
  void refusesAKeyBothNestedAndDotted() {
    assertThatThrownBy(() -> JobTexts.parse(FILE + "training.batch: 8\n"))
        .hasMessage("Invalid training.batch: must be given once, but is on lines 4 and 5, got 8");
  }

  @Test
  void refusesUnknownKeysOfEveryLayer() {
    Overrides wrong = new Overrides(Map.of("foo", "1"), Map.of("training.bach", "2"));

    assertThatThrownBy(() -> JobConfig.parse(FILE + "xyz: 3\n", "job.yaml", "/jobs", wrong))
        .hasMessage(
            """
            Invalid xyz: must be a known key, got 3
            Invalid training.bach: must be a known key; did you mean training.batch?, got 2
            Invalid foo: must be a known key, got 1\
            """);
  }

  @Test
  void refusesValuesWhereSectionsBelongAndTheOtherWayRound() {
    assertThatThrownBy(() -> JobTexts.parse(JobTexts.SMALLEST + "training: 3\nseed: {a: 1}\n"))
        .hasMessageContaining("Invalid training: must be a section with keys, got 3")
        .hasMessageContaining("Invalid seed: must be a whole number, got {a: 1}");
    assertThat(JobTexts.parse(JobTexts.SMALLEST + "training:\n").training().batches().rows())
        .isEqualTo(128);
  }

  @Test
  void beginsPathsOfTheFileAtItsFolderAndOthersAtTheWorkingDirectory() {
    String here = "file:" + Path.of("").toAbsolutePath();
    String file = "data: {format: csv, path: [x.csv, ../y.csv, /z.csv, 's3a://b/w.csv']}\n";
    String model = "model: {name: mlp}\n";

    assertThat(JobTexts.parse(file + model).data().sources().train().paths())
        .isEqualTo(List.of("file:/jobs/x.csv", "file:/y.csv", "/z.csv", "s3a://b/w.csv"));
    assertThat(paths(file + model, Map.of("data.path", "a.csv,b.csv")))
        .containsExactly(here + "/a.csv", here + "/b.csv");
    assertThat(paths(file + model, Map.of("data.folder", "d", "data.path", "a.csv")))
        .containsExactly(here + "/d/a.csv");
    assertThat(paths(file + model, Map.of("data.folder", "hdfs://h/d", "data.path", "a.csv")))
        .containsExactly("hdfs://h/d/a.csv");
    assertThat(
            JobConfig.parse(
                    JobTexts.SMALLEST, "hdfs://h/jobs/job.yaml", "hdfs://h/jobs", Overrides.NONE)
                .data()
                .sources()
                .train()
                .paths())
        .containsExactly("hdfs://h/jobs/x.csv");
  }

  private static List<String> paths(String yaml, Map<String, String> sets) {
    return JobTexts.parse(yaml, sets).data().sources().train().paths();
  }
}
