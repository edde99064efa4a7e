package io.evenstep.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.evenstep.driver.run.RunReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Language models: from a text file to a text that the model writes. */
class LanguageModelTest {
  private static final long SEED = 5;
  private static final List<String> WORDS =
      List.of("the", "cat", "sees", "a", "red", "hen", "and", "runs");
  private static final String JOB =
      """
      name: small
      data:
        format: text
        path: words.txt
        task: next-token
        features: [{column: text, type: tokens, unit: UNIT, length: 12, terms: 40}]
        validation: {fraction: 0.2}
        test: {fraction: 0.2}
      model: {layers: [{type: embedding, units: 8}, {type: lstm, units: 24, returnSequences: true}]}
      training:
        batch: 16
        epochs: 4
        shards: 4
        optimizer: {name: adam, learningRate: 0.02}
      """;

  @TempDir private Path folder;
  private Workbench bench;

  @BeforeEach
  void text() {
    SplittableRandom random = new SplittableRandom(SEED);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 1200; i++) {
      text.append(WORDS.get(random.nextInt(WORDS.size()))).append(' ');
    }
    bench = Workbench.in(folder).job(JOB.replace("UNIT", "character"));
    bench.write("words.txt", text.toString());
  }

  private RunReport result(String id) {
    return RunReport.fromJson(Workbench.text(bench.path("runs/" + id + "/result.json")));
  }

  @Test
  void endsInTheSameBitsForOneTwoAndThreeWorkers() {
    List<String> bits = new ArrayList<>();
    for (int workers : new int[] {1, 2, 3}) {
      bench.cores(workers);
      bench.train("--run-id", "on-" + workers, "--set", "training.workers=" + workers).well();
      bits.add(result("on-" + workers).model().parametersSha256());
    }

    assertThat(bits).containsOnly(bits.get(0));
    assertThat(result("on-1").metrics().get("test.bitsPerCharacter"))
        .isLessThan(3.5) // 17 characters by chance have 4.1
        .isEqualTo(result("on-3").metrics().get("test.bitsPerCharacter"));
  }

  @Test
  void aTiedModelEndsInTheSameBitsAndRefusesWhatWouldPartItsTwoPlaces() {
    String model = "{name: transformer-lm, blocks: 1, units: 8, heads: 2, dropout: 0, tie: true}";
    bench.job(JOB.replace("UNIT", "character").replaceFirst("model: .*", "model: " + model));
    List<String> bits = new ArrayList<>();
    for (int workers : new int[] {1, 3}) {
      bench.cores(workers);
      bench.train("--run-id", "on-" + workers, "--set", "training.workers=" + workers).well();
      bits.add(result("on-" + workers).model().parametersSha256());
    }
    assertThat(bits).containsOnly(bits.get(0));
    bench.train("--run-id", "free", "--set", "model.tie=false").well();
    assertThat(result("free").model().parametersSha256()).isNotEqualTo(bits.get(0));

    String refused = "model.tie: must be false with ";
    bench.train("--set", "training.wire=int8").failedBySayingWhy(78, refused + "training.wire");
    bench.train("--set", "training.sync=sharing").failedBySayingWhy(78, refused + "training.wire");
    bench
        .train("--set", "training.optimizer.name=lamb")
        .failedBySayingWhy(78, refused + "training.optimizer.name lamb");
    bench.train("--set", "model.freeze=[1]").failedBySayingWhy(78, refused + "model.freeze");
    bench
        .train("--set", "training.adversarial.epsilon=0.1")
        .failedBySayingWhy(78, "training.adversarial.epsilon: must be 0 where an input is tokens");
  }

  @Test
  void generatesTheSameTextForTheSameSeed() {
    String told = bench.train("--run-id", "one").well().out();
    String run = bench.path("runs/one").toString();
    assertThat(told).contains("test.bitsPerCharacter", "evenstep generate " + run + " --prompt");
    String first = generated(run, "--seed", "3");

    assertThat(generated(run, "--seed", "3")).isEqualTo(first).startsWith("the ").hasSize(45);
    assertThat(generated(run, "--seed", "4")).isNotEqualTo(first);
    assertThat(generated(run, "--seed", "4", "--temperature", "0"))
        .isEqualTo(generated(run, "--seed", "3", "--top-k", "1"));
    bench.type("generate", run, "--prompt", "the \u20ac", "--length", "3").well();
  }

  private String generated(String run, String... more) {
    List<String> line =
        new ArrayList<>(List.of("generate", run, "--prompt", "the ", "--length", "40"));
    line.addAll(List.of(more));
    return bench.type(line.toArray(String[]::new)).well().out();
  }

  @Test
  void saysWhatCannotGenerateText() {
    bench.job(Workbench.JOB).train("--run-id", "classes").well();
    String run = bench.path("runs/classes").toString();

    bench.type("generate", run, "--prompt", "a").failedBySayingWhy(78, "data.task next-token");
    bench.type("generate", run, "--prompt", "").failedBySayingWhy(78, "--prompt");
    bench.type("generate", run, "--prompt", "a", "--top-p", "2").failedBySayingWhy(78, "--top-p");
    bench.type("generate", run, "--prompt", "a", "--length", "0").failedBySayingWhy(78, "--length");
  }

  @Test
  void saysWhatATextNeeds() {
    bench.job(JOB.replace("next-token", "classification"));
    bench.train().failedBySayingWhy(78, "data.task: must be next-token");
    bench.job(JOB.replace("type: tokens, unit: UNIT, length: 12, terms: 40", "type: categorical"));
    bench.train().failedBySayingWhy(78, "type tokens");
  }

  @Test
  void trainsOnPieces() {
    bench.job(JOB.replace("UNIT", "piece"));
    bench.train("--run-id", "pieces").well();

    assertThat(result("pieces").metrics().get("test.bitsPerCharacter")).isBetween(0.1, 3.5);
    assertThat(result("pieces").metrics().get("test.perplexity")).isGreaterThan(1);
  }

  @Test
  void learnsTheSameOnBothEngines() {
    for (String engine : List.of("step", "dl4j")) {
      String epochs = "training.epochs=2";
      bench.train("--run-id", engine, "--set", epochs, "--set", "training.engine=" + engine).well();
    }

    Map<String, Double> expected = result("step").metrics();
    assertThat(expected).containsKey("test.bitsPerCharacter");
    result("dl4j")
        .metrics()
        .forEach(
            (name, value) ->
                assertThat(value)
                    .as(name)
                    .isCloseTo(expected.getOrDefault(name, Double.NaN), within(0.01)));
  }

  @Test
  void classifiesTextsByTheirTokens() {
    StringBuilder rows = new StringBuilder("text,label\n");
    for (int i = 0; i < 200; i++) {
      rows.append(i % 2 == 0 ? "a good day," : "a bad day,");
      rows.append(i % 2 == 0 ? "yes\n" : "no\n");
    }
    bench.write("rows.csv", rows.toString());
    bench.job(
        """
        name: small
        data:
          format: csv
          path: rows.csv
          features: [{column: text, type: tokens, unit: word, length: 4}]
          test: {fraction: 0.2}
        model: {name: transformer-encoder, blocks: 1, units: 8, heads: 2, dropout: 0}
        training: {batch: 16, epochs: 8, shards: 2, optimizer: {name: adam, learningRate: 0.02}}
        gate: {metric: test.accuracy, atLeast: 0.99}
        """);
    bench.train("--run-id", "classes").well();
    String run = bench.path("runs/classes").toString();
    String input = bench.write("more.csv", "text\na good day\na bad night\n").toString();
    bench
        .type("predict", run, "--input", input, "--output", bench.path("predicted").toString())
        .well();
  }
}
