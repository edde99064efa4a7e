package io.evenstep.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.driver.config.JobConfig;
import io.evenstep.driver.config.Overrides;
import io.evenstep.driver.control.StopRequest;
import io.evenstep.model.network.DataShape;
import io.evenstep.model.network.Networks;
import io.evenstep.model.network.Shape;
import io.evenstep.model.network.Task;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A thousand random variations of real job files: each is accepted, or refused with a clear
 * message.
 */
@Tag("slow")
class JobFileFuzzTest {
  private static final long SEED = 20261129;
  private static final int FILES = 1000;
  private static final int TRAINED = 25;

  /** Processor time, which other work on the machine does not lengthen. */
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private static final List<String> JOBS =
      List.of(
          Workbench.JOB,
          """
          name: nested
          seed: 7
          data:
            format: csv
            path: rows.csv
            features: [x, {column: y, type: numeric, normalize: scale}]
            label: label
            shape: [2]
            validation: {fraction: 0.2}
            test: {fraction: 0.25}
          model:
            layers:
              - {type: dense, units: 8, activation: relu}
              - {type: dropout, rate: 0.2}
              - {type: dense, units: 4}
          training:
            batch: 16
            epochs: 1
            shards: 4
            optimizer: {name: adam, learningRate: 0.01, beta1: 0.9}
            schedule: {name: step, everySteps: 10, gamma: 0.5}
            stopping: {patience: 2}
          gate: {metric: test.accuracy, atLeast: 0}
          """,
          """
          name: image
          data: {format: csv, path: rows.csv, shape: [1, 1, 2], augment: [{noise: {deviation: 0.1}}]}
          model:
            layers:
              - {type: upsample2d, size: 4}
              - {type: zeroPad2d, padding: 1}
              - {type: conv2d, filters: 3, kernel: [3, 3], stride: 1}
              - {type: batchNorm}
              - {type: maxPool, kernel: 2}
              - {type: dense, units: 4}
          training: {batch: 8, epochs: 1}
          """,
          """
          name: named
          data: {format: csv, path: rows.csv, normalize: standard}
          model: {name: mlp, hidden: [16, 8], activation: tanh, dropout: 0.1, init: xavier}
          training: {batch: 16, epochs: 1, sync: averaging, averaging: {every: 2}, l2: 0.001, clip: {norm: 1}}
          """);

  /** The replacement for a value. */
  private static final List<String> VALUES =
      List.of(
          "",
          "null",
          "~",
          "-1",
          "0",
          "1",
          "3",
          "2147483647",
          "2147483648",
          "-2147483648",
          "9223372036854775807",
          "9223372036854775808",
          "1e308",
          "1e309",
          "-0.0",
          "NaN",
          ".inf",
          "0x10",
          "1_000",
          "true",
          "yes",
          "''",
          "\"\\u0000\"",
          "[]",
          "{}",
          "[[]]",
          "[null]",
          "{a: b}",
          "[200000, 200000]",
          "[2147483647, 2147483647]",
          "[1, 1, 1, 1, 1]",
          "ünïcödé",
          "\u0663",
          "\ud83d\ude00",
          "!!int 3",
          "*a",
          "&a 3",
          "<<",
          "|",
          ">",
          "%",
          "@x",
          "`",
          "\t",
          "'",
          "!!java.net.URL [x]",
          "0.5",
          "relu",
          "mlp",
          "csv",
          "adam",
          "[a, b]");

  @TempDir private Path folder;

  @Test
  void everyJobFileIsTakenOrRefusedInPlainWords() {
    Random chance = new Random(SEED);
    Workbench bench = Workbench.in(folder);
    List<String> wrong = new ArrayList<>();
    int taken = 0;
    for (String job : JOBS) {
      assertThat(built(job).code()).as("%s", built(job)).isZero();
    }
    for (int i = 0; i < FILES; i++) {
      String text = mutated(JOBS.get(chance.nextInt(JOBS.size())), chance);
      Duration began = cpuTime();
      Ended ended = built(text);
      boolean train = ended.code() == 0 && taken++ < TRAINED;
      ended = train ? bench.job(text).train("--resume", "never") : ended;
      Duration took = cpuTime().minus(began);
      if (!isPlain(ended) || took.compareTo(LIMIT) > 0) {
        wrong.add("seed " + SEED + ", file " + i + ", " + took + ", " + ended + "\n" + text);
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(taken).as("files that are good").isBetween(TRAINED, FILES / 2);
  }

  private static Duration cpuTime() {
    return Duration.ofNanos(
        ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
            .getProcessCpuTime());
  }

  /** Divergence is not the file's fault. */
  private static boolean isPlain(Ended ended) {
    return List.of(0, 64, 65, 78, 79).contains(ended.code())
        && !ended.err().contains("\tat ")
        && !ended.err().matches("(?s).*\\w(Exception|Error)\\b.*");
  }

  /** Reads the file, checks it and builds its network. */
  private Ended built(String text) {
    StringWriter err = new StringWriter();
    int code = 0;
    try {
      JobConfig job =
          JobConfig.parse(text, "job.yaml", folder + "/", Overrides.of(Map.of(), Map.of()));
      job.describe();
      job.data();
      job.augmentations();
      Shape rows = text.contains("[1, 1, 2]") ? Shape.of(1, 1, 2) : Shape.of(2);
      Networks.build(
          job.network(job.training().steps(48)),
          DataShape.of(rows, Shape.of(2), Task.CLASSIFICATION));
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      code = Failures.report(e, new StopRequest(), new PrintWriter(err));
    }
    return new Ended(code, "", err.toString(), "");
  }

  private static String mutated(String text, Random chance) {
    String changed = text;
    for (int times = 1 + chance.nextInt(2); times > 0; times--) {
      changed = changed(changed, chance);
    }
    return changed;
  }

  private static String changed(String text, Random chance) {
    int at = chance.nextInt(text.length());
    return switch (chance.nextInt(8)) {
      case 0, 1, 2, 3 -> withValue(text, VALUES.get(chance.nextInt(VALUES.size())), chance);
      case 4 ->
          text.substring(0, at)
              + text.substring(Math.min(text.length(), at + 1 + chance.nextInt(4)));
      case 5 ->
          text.substring(0, at) + VALUES.get(chance.nextInt(VALUES.size())) + text.substring(at);
      case 6 -> {
        List<String> lines = new ArrayList<>(text.lines().toList());
        lines.add(chance.nextInt(lines.size()), lines.get(chance.nextInt(lines.size())));
        yield String.join("\n", lines) + "\n";
      }
      default ->
          withValue(
              text, "[{".repeat(chance.nextInt(300)) + "x".repeat(chance.nextInt(5000)), chance);
    };
  }

  /** Replaces the value after one of the colons. */
  private static String withValue(String text, String value, Random chance) {
    List<Integer> colons = new ArrayList<>();
    for (int at = text.indexOf(": "); at >= 0; at = text.indexOf(": ", at + 1)) {
      colons.add(at + 2);
    }
    if (colons.isEmpty()) {
      return value;
    }
    int from = colons.get(chance.nextInt(colons.size()));
    int to = from;
    while (to < text.length() && ",}\n".indexOf(text.charAt(to)) < 0) {
      to++;
    }
    return text.substring(0, from) + value + text.substring(to);
  }
}
