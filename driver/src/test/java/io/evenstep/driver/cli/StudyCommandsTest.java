package io.evenstep.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that examine a job: gradcheck, lr-range and compare. */
class StudyCommandsTest {
  @TempDir private Path folder;
  private Workbench bench;

  @BeforeEach
  void openBench() {
    bench = Workbench.in(folder);
  }

  private Ended type(String command, String... more) {
    List<String> line =
        new ArrayList<>(
            List.of(
                command,
                bench.path("job.yaml").toString(),
                "--set",
                "output=" + bench.path("runs")));
    line.addAll(List.of(more));
    return bench.type(line.toArray(String[]::new));
  }

  @Test
  void gradcheckPassesAGoodNetwork() {
    bench.job(Workbench.JOB.replace("{name: logistic}", "{name: mlp, hidden: [5]}"));

    String out = type("gradcheck").well().out();

    assertThat(out).contains("DenseLayer", "OutputLayer", "All 2 layers agree");
    assertThat(bench.path("runs/small")).as("no run").doesNotExist();
  }

  @Test
  void gradcheckSaysWhichLayerExceedsTheTolerance() {
    Ended ended = type("gradcheck", "--tolerance", "1e-15");

    assertThat(ended.code()).isEqualTo(79);
    assertThat(ended.out()).contains("WRONG", "1 of 1 layers differ");
  }

  @Test
  void gradcheckRefusesAToleranceOfZero() {
    Ended ended = type("gradcheck", "--tolerance", "0");

    assertThat(ended.code()).isEqualTo(78);
    assertThat(ended.err()).contains("--tolerance: must be above 0, got 0");
  }

  @Test
  void lrRangeWritesItsCurveAndLeavesNoRun() throws IOException {
    bench.job(Workbench.JOB.replace("epochs: 1", "epochs: 2, optimizer: {name: sgd}"));

    String out = type("lr-range", "--steps", "60", "--run-id", "range").well().out();

    assertThat(out).contains("learning rate", "runs/range/lr-range.png");
    Path range = bench.path("runs/range");
    assertThat(Files.readString(range.resolve("lr-range.csv"))).startsWith("step,rate,loss");
    assertThat(range.resolve("lr-range.png")).isNotEmptyFile();
    assertThat(range.resolve("lr-range.svg")).isNotEmptyFile();
    assertThat(range.resolve("run")).doesNotExist();
  }

  @Test
  void lrRangeIsNotTracked() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    HttpServer tracker = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    tracker.createContext(
        "/",
        exchange -> {
          asked.incrementAndGet();
          exchange.sendResponseHeaders(404, -1);
          exchange.close();
        });
    tracker.start();
    try {
      String uri = "http://127.0.0.1:" + tracker.getAddress().getPort();
      type("lr-range", "--steps", "8", "--set", "tracking.mlflow.uri=" + uri).well();
    } finally {
      tracker.stop(0);
    }

    assertThat(asked).hasValue(0);
  }

  @Test
  void lrRangeRefusesRatesThatDoNotGrow() {
    Ended ended = type("lr-range", "--from", "1", "--to", "0.1");

    assertThat(ended.code()).isEqualTo(78);
    assertThat(ended.err()).contains("--to: must be above --from, 1.0, got 0.1");
  }

  @Test
  @Tag("slow")
  void compareListsAllLearnersOnTheSameRows() throws IOException {
    bench.job(Workbench.JOB.replace("epochs: 1", "epochs: 20, optimizer: {learningRate: 0.1}"));

    String out = type("compare", "--folds", "2", "--run-id", "all").well().out();

    assertThat(out.lines().filter(line -> line.contains("±")).map(line -> line.split("  ")[0]))
        .containsExactly(
            "network",
            "logistic regression",
            "logistic regression, RBF",
            "linear SVM",
            "decision tree",
            "random forest",
            "gradient boosting",
            "5 nearest neighbours",
            "15 nearest neighbours");
    List<String> table = Files.readAllLines(bench.path("runs/all/compare.csv"));
    assertThat(table).hasSize(10);
    assertThat(table.get(1)).as("a line separates the classes").startsWith("\"network\",1.0000");
    assertThat(table.get(4)).startsWith("\"linear SVM\",1.0000,1.0000");
    assertThat(bench.path("runs/all/regions.png")).isNotEmptyFile();
    assertThat(bench.path("runs/all/fits")).doesNotExist();
  }

  @Test
  void compareNeedsClasses() {
    bench.job(
        """
        name: numbers
        data: {format: csv, path: rows.csv, label: y, features: [x], task: regression,
          test: {fraction: 0.25}}
        model: {name: logistic}
        training: {batch: 16, epochs: 1}
        """);

    Ended ended = type("compare");

    assertThat(ended.code()).isEqualTo(78);
    assertThat(ended.err()).contains("data.task: must be classification");
  }
}
