package io.evenstep.driver.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenstep.model.ConfigException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SavedConfigTest {
  private static final String WORKERS = "training.workers";
  private final JobConfig job = JobTexts.parse(JobTexts.SMALLEST);

  @Test
  void comesBackFromJsonAsItWas() {
    JobConfig back = JobConfig.fromJson(job.toJson(), Overrides.NONE);

    assertThat(back.toJson()).isEqualTo(job.toJson());
    assertThat(JobConfig.sha256Of(job.toJson())).isEqualTo(job.sha256()).matches("[0-9a-f]{64}");
  }

  @Test
  void aRunOfAnOlderVersionIsOfTheSameJobWhereNewKeysHaveTheirDefaults() {
    String saved = job.toJson("0".repeat(64)).replaceAll("\\s*\"training.wire\" : [^\\n]*", "");
    assertThat(saved).doesNotContain("training.wire");
    assertThat(job.isSavedAs(saved)).isTrue();
    assertThat(parse("training.wire", "int8").isSavedAs(saved)).isFalse();
    assertThat(parse("seed", "2").isSavedAs(saved)).isFalse();
    assertThat(parse("training.attempts", "9").isSavedAs(saved)).isTrue();
    assertThat(job.isSavedAs(saved.replace("\"seed\"", "\"seeds\""))).isFalse();
  }

  private static JobConfig parse(String key, String value) {
    return JobTexts.parse(JobTexts.SMALLEST, Map.of(key, value));
  }

  @Test
  void takesOverridesOnTheWayBack() {
    Overrides overrides = new Overrides(Map.of("data.test.path", "/t.csv"), Map.of());

    assertThat(
            JobConfig.fromJson(job.toJson(), overrides)
                .data()
                .sources()
                .test()
                .orElseThrow()
                .paths())
        .containsExactly("/t.csv");
  }

  @ParameterizedTest
  @CsvSource({
    "name, other",
    "output, /elsewhere",
    "data.packs, /packs",
    "training.workers, 4",
    "training.attempts, 9",
    "training.timeoutSeconds, 9",
    "training.silenceSeconds, 9",
    "training.checkpoint.everySteps, 10"
  })
  void hasTheSameDigestWhateverDecidesOnlyTheCourse(String key, String value) {
    assertThat(JobTexts.parse(JobTexts.SMALLEST, Map.of(key, value)).sha256())
        .isEqualTo(job.sha256());
  }

  @ParameterizedTest
  @CsvSource({
    "seed, 2",
    "data.path, /y.csv",
    "model.hidden, 64",
    "data.augment, [noise: {deviation: 0.1}]",
    "training.shards, 4",
    "training.epochs, 11",
    "training.optimizer.learningRate, 0.01"
  })
  void hasAnotherDigestForWhatDecidesTheResult(String key, String value) {
    assertThat(JobTexts.parse(JobTexts.SMALLEST, Map.of(key, value)).sha256())
        .isNotEqualTo(job.sha256());
  }

  @Test
  void doesNotCountWorkersWhereIslandsDecideTheBits() {
    List<String> digests =
        Stream.of("2", "3")
            .map(
                workers ->
                    Map.of(
                        "training.sync",
                        "averaging",
                        "training.averaging.islands",
                        "4",
                        WORKERS,
                        workers))
            .map(set -> JobTexts.parse(JobTexts.SMALLEST, set).sha256())
            .toList();
    assertThat(digests.get(0)).isEqualTo(digests.get(1));
  }

  @ParameterizedTest
  @CsvSource({"training.sync, averaging", "training.reproducible, false"})
  void countsWorkersWhereTheyDecideTheBits(String key, String value) {
    String two = JobTexts.parse(JobTexts.SMALLEST, Map.of(key, value, WORKERS, "2")).sha256();
    String three = JobTexts.parse(JobTexts.SMALLEST, Map.of(key, value, WORKERS, "3")).sha256();

    assertThat(two).isNotEqualTo(three);
  }

  @Test
  void countsANetworksFileByItsContent(@TempDir Path folder) throws Exception {
    Path net = Files.writeString(folder.resolve("net.json"), "{}");
    Path copy = Files.writeString(folder.resolve("copy.json"), "{}");
    Path other = Files.writeString(folder.resolve("other.json"), "{ }");

    assertThat(digest(net)).isEqualTo(digest(copy)).isNotEqualTo(digest(other));

    String before = digest(net);
    Files.writeString(net, "{  }");
    assertThat(digest(net)).as("the same path with other content").isNotEqualTo(before);
  }

  @Test
  void readsARunWhoseNetworkFileIsGone(@TempDir Path folder) throws Exception {
    Path net = Files.writeString(folder.resolve("net.json"), "{}");
    String json = of(net).toJson();
    Files.delete(net);

    assertThat(JobConfig.fromJson(json, Overrides.NONE).name()).isEqualTo("job");
  }

  /** Otherwise a folder from somewhere else could allow itself any class. */
  @Test
  void takesWhatANetworkMayNameFromTheCommandAlone() {
    Overrides allow =
        new Overrides(Map.of("model.allow", "com.acme.layers,com.acme.Loss"), Map.of());
    JobConfig allowing = JobTexts.parse(JobTexts.SMALLEST + "model.allow: com.acme.layers\n");

    assertThat(allowing.allowedTypes().more()).containsExactly("com.acme.layers");
    assertThat(allowing.sha256()).isEqualTo(job.sha256());
    assertThat(allowing.toJson()).isEqualTo(job.toJson());
    assertThat(JobConfig.fromJson(job.toJson(), allow).allowedTypes().more())
        .containsExactly("com.acme.layers", "com.acme.Loss");
    String forged =
        job.toJson().replace("\"settings\" : {", "\"settings\" : {\"model.allow\" : \"com.acme\",");
    assertThatThrownBy(() -> JobConfig.fromJson(forged, Overrides.NONE))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "Invalid model.allow: must be given by --set or a Spark setting, not by a run's"
                + " config.json, got [com.acme]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"java", "*", "com.acme.*", "", "com..acme", "com.acme."})
  void allowsNoClassesByLessThanAPackage(String value) {
    Map<String, String> allow = Map.of("model.allow", value);
    assertThatThrownBy(() -> JobTexts.parse(JobTexts.SMALLEST, allow))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("Invalid model.allow");
  }

  @Test
  void refusesJsonThatIsNoSavedJob() {
    assertThatThrownBy(() -> JobConfig.sha256Of("{}"))
        .hasMessage("Cannot read config.json: Missing configSha256");
    assertThatThrownBy(() -> JobConfig.fromJson("{", Overrides.NONE))
        .hasMessageStartingWith("Cannot read config.json: ");
  }

  private static String digest(Path net) {
    return of(net).sha256();
  }

  private static JobConfig of(Path net) {
    return JobTexts.parse("data: {format: csv, path: x.csv}\nmodel: {json: " + net + "}\n");
  }
}
