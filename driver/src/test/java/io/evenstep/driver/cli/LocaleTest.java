package io.evenstep.driver.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A whole job on a machine whose locale has other digits or letters. */
@Tag("slow")
class LocaleTest {
  private static final String[] JOB = {"--set", "training.epochs=3", "--set", "training.workers=1"};
  private final Locale before = Locale.getDefault();
  @TempDir private Path folder;
  private Workbench bench;

  @BeforeEach
  void setUp() {
    bench = Workbench.in(folder);
  }

  @AfterEach
  void putLocaleBack() {
    Locale.setDefault(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"fa-IR", "ar-EG", "tr-TR"})
  void jobTrainsResumesAndPredictsAsAnywhere(String language) throws IOException {
    Locale.setDefault(Locale.forLanguageTag(language));
    Ended trained = bench.train(JOB).well();
    String weights = bench.report().model().parametersSha256();
    assertThat(checkpoints()).containsExactly("step-000000000006.ckpt", "step-000000000009.ckpt");
    Files.delete(bench.run("result.json"));
    Files.delete(bench.run("checkpoints/step-000000000009.ckpt"));

    Ended resumed = bench.train(JOB).well();

    assertThat(resumed.err()).contains("Resuming after step 6 from its checkpoint\n");
    assertThat(bench.report().model().parametersSha256()).isEqualTo(weights);
    assertThat(bench.run("history.csv")).content().matches("\\p{ASCII}*");
    for (Ended ended : List.of(trained, resumed, plan(), evaluate(), predict(), inspect())) {
      assertThat(US_ASCII.newEncoder().canEncode(ended.out() + ended.err()))
          .as(ended.out() + ended.err())
          .isTrue();
    }
  }

  private Ended plan() {
    return bench.type("plan", bench.path("job.yaml").toString()).well();
  }

  private Ended evaluate() {
    return bench.type("evaluate", bench.run("").toString()).well();
  }

  private Ended inspect() {
    return bench.type("inspect", bench.run("").toString()).well();
  }

  private Ended predict() {
    String rows = bench.path("rows.csv").toString();
    String to = bench.path("predictions").toString();
    return bench
        .type("predict", bench.run("") + "", "--input", rows, "--output", to, "--format", "csv")
        .well();
  }

  private List<String> checkpoints() throws IOException {
    try (Stream<Path> files = Files.list(bench.run("checkpoints"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("step"))
          .sorted()
          .toList();
    }
  }
}
