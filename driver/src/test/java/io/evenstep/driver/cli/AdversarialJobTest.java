package io.evenstep.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.evenstep.driver.cluster.Built;
import io.evenstep.driver.run.RunReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Adversarial examples: training on them, and measuring a network on them. */
class AdversarialJobTest {
  private static final String JOB =
      """
      name: small
      data:
        format: csv
        path: %s
        header: false
        label: c64
        normalize: scale
        test: {fraction: 0.5}
      model: {name: mlp, hidden: [32]}
      training: {batch: 64, epochs: 6, shards: 4, optimizer: {name: adam, learningRate: 0.01}}
      """;

  @TempDir private Path folder;
  private Workbench bench;

  @BeforeEach
  void setUp() {
    bench = Workbench.in(folder).cores(3);
    bench.job(JOB.formatted(Built.root().resolve("conf/data/digits.csv.gz")));
  }

  @Test
  void trainingOnAttackedRowsEndsInTheSameBitsAndWithstandsTheAttack() {
    bench.train("--run-id", "plain").well();
    List<String> bits = new ArrayList<>();
    for (int workers = 1; workers <= 3; workers++) {
      bench
          .train(
              "--run-id",
              "n" + workers,
              "--set",
              "training.workers=" + workers,
              "--set",
              "training.adversarial.epsilon=0.1")
          .well();
      bits.add(report("n" + workers).model().parametersSha256());
    }
    assertThat(bits).containsOnly(bits.get(0)).doesNotContain(sha("plain"));

    List<double[]> plain = attack("plain");
    List<double[]> hardened = attack("n1");
    assertThat(plain.get(0)[1])
        .isCloseTo(report("plain").metrics().get("test.accuracy"), within(1e-6));
    assertThat(plain.get(2)[1]).as("attacked").isLessThan(plain.get(0)[1] - 0.3);
    assertThat(plain.get(2)[2]).as("random noise").isGreaterThan(plain.get(2)[1] + 0.2);
    assertThat(hardened.get(2)[1]).as("hardened").isGreaterThan(plain.get(2)[1] + 0.1);
    for (String picture : List.of("attack.png", "attack.svg", "attacked.png", "attacked.svg")) {
      assertThat(bench.path("runs/plain/plots/" + picture)).isNotEmptyFile();
    }
  }

  /** The lines of {@code attack.csv}: epsilon, accuracy, accuracy with random noise. */
  private List<double[]> attack(String run) {
    String path = bench.path("runs/" + run).toString();
    String out = bench.type("attack", path, "--epsilon", "0.1,0,0.05").well().out();
    assertThat(out).contains("Accuracy on 899 test rows", "epsilon", run + "/attack.csv");
    List<String> lines = Workbench.text(bench.path("runs/" + run + "/attack.csv")).lines().toList();
    assertThat(lines.get(0)).isEqualTo("epsilon,accuracy,randomAccuracy");
    assertThat(lines).hasSize(4);
    return lines.stream().skip(1).map(AdversarialJobTest::numbers).toList();
  }

  private static double[] numbers(String line) {
    return List.of(line.split(",")).stream().mapToDouble(Double::parseDouble).toArray();
  }

  @Test
  void bothEnginesTrainOnAttackedRows() {
    for (String engine : List.of("step", "dl4j")) {
      bench
          .train(
              "--run-id",
              engine,
              "--set",
              "training.engine=" + engine,
              "--set",
              "training.adversarial.epsilon=0.1",
              "--set",
              "training.adversarial.share=1",
              "--set",
              "training.adversarial.range=[0, 1]")
          .well();
    }

    double accuracy = report("step").metrics().get("test.accuracy");
    assertThat(accuracy).isGreaterThan(0.8);
    assertThat(report("dl4j").metrics().get("test.accuracy")).isCloseTo(accuracy, within(0.03));
  }

  @Test
  void saysWhatCannotBeAttacked() {
    bench
        .train("--set", "training.adversarial.share=0.3")
        .failedBySayingWhy(
            78, "training.adversarial.share: must not be set unless training.adversarial.epsilon");
    bench
        .train("--set", "training.adversarial.epsilon=-1")
        .failedBySayingWhy(78, "training.adversarial.epsilon: must be at least 0");
    bench.job(Workbench.JOB.replace("model: {name: logistic}", "model: {name: mlp, hidden: [4]}"));
    bench.train("--set", "data.task=reconstruction", "--set", "data.label=label").well();
    String run = bench.path("runs/small").toString();
    bench.type("attack", run).failedBySayingWhy(78, "does not predict a class");
    bench.type("attack", run, "--epsilon", "-1").failedBySayingWhy(78, "--epsilon: must be");
    bench.type("attack", run, "--range", "1,0").failedBySayingWhy(78, "--range: must be two");
    bench.type("attack", run, "--rows", "0").failedBySayingWhy(78, "--rows: must be at least 1");
    bench.type("attack", bench.path("none").toString()).failedBySayingWhy(78, "Cannot find a run");
  }

  private String sha(String run) {
    return report(run).model().parametersSha256();
  }

  private RunReport report(String run) {
    return RunReport.fromJson(Workbench.text(bench.path("runs/" + run + "/result.json")));
  }
}
