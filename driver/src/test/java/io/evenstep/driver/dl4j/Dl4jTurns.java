package io.evenstep.driver.dl4j;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.evenstep.driver.SparkTest;
import io.evenstep.model.NativeRuntime;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;

/**
 * Trains a saved network in DL4J's own ways, for {@code src/bench/compare}. Each line of the input
 * is a request in JSON; each answer is a line that begins with {@code @}.
 *
 * <p>Requests: {@code fit} for {@code steps} steps; {@code average} every {@code every} steps, on
 * two workers; {@code export} the parameters to a {@code file}; {@code check}, the loss of the
 * first batch before and after a step of plain gradient descent.
 */
public final class Dl4jTurns {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int WORKERS = 2;
  private static final int BATCH = 256; // rows of a step, over all workers

  private final Path zip;
  private final RawExamples examples;

  private Dl4jTurns(Path zip, RawExamples examples) {
    this.zip = zip;
    this.examples = examples;
  }

  /**
   * Answers requests until the input ends.
   *
   * @param args the network's zip, the file of examples, and the shape of one, such as 1,28,28
   */
  public static void main(String... args) throws IOException {
    NativeRuntime.prepare();
    Dl4jTurns turns =
        new Dl4jTurns(Path.of(args[0]), RawExamples.read(Path.of(args[1]), args[2].split(",")));
    PrintWriter answers = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    answers.println("@{}");
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      answers.println("@" + JSON.writeValueAsString(turns.answer(JSON.readTree(line))));
    }
    SparkTest.stop();
  }

  private Map<String, ?> answer(JsonNode request) throws IOException {
    int steps = request.path("steps").asInt();
    return switch (request.path("do").asText()) {
      case "fit" -> fit(steps);
      case "average" -> average(steps, request.path("every").asInt());
      case "export" ->
          Map.of("parameters", trainable().export(Path.of(request.path("file").asText())));
      case "check" -> check(request.path("rate").asDouble());
      default -> throw new IllegalArgumentException("Unknown request: " + request);
    };
  }

  private RestoredNet trainable() throws IOException {
    return RestoredNet.read(zip, new Adam(1e-3));
  }

  private Map<String, ?> fit(int steps) throws IOException {
    RestoredNet net = trainable();
    List<DataSet> batches = examples.batches(steps, BATCH);
    return timed(steps, () -> net.fit(batches));
  }

  private Map<String, ?> average(int steps, int every) throws IOException {
    RestoredNet net = trainable();
    List<DataSet> batches = examples.batches(steps * WORKERS, BATCH / WORKERS);
    return timed(steps, () -> net.average(SparkTest.session(WORKERS), batches, WORKERS, every));
  }

  private Map<String, ?> check(double rate) throws IOException {
    RestoredNet net = RestoredNet.read(zip, new Sgd(rate));
    List<DataSet> batch = examples.batches(1, BATCH);
    net.fit(batch);
    double before = net.score();
    net.fit(batch);
    return Map.of("losses", List.of(before, net.score()));
  }

  private static Map<String, ?> timed(int steps, Runnable training) {
    long began = System.nanoTime();
    training.run();
    return Map.of("examples", steps * BATCH, "seconds", (System.nanoTime() - began) / 1e9);
  }
}
