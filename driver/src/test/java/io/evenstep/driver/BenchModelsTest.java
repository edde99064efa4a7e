package io.evenstep.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.evenstep.driver.config.JobConfig;
import io.evenstep.driver.config.Overrides;
import io.evenstep.model.catalog.Optimizers;
import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.data.Predictions;
import io.evenstep.model.engine.Artifact;
import io.evenstep.model.engine.EngineChoice;
import io.evenstep.model.engine.Engines;
import io.evenstep.model.engine.Learner;
import io.evenstep.model.engine.Objective;
import io.evenstep.model.engine.Objective.Manner;
import io.evenstep.model.engine.Pass;
import io.evenstep.model.engine.Range;
import io.evenstep.model.network.DataShape;
import io.evenstep.model.network.Networks;
import io.evenstep.model.network.Shape;
import io.evenstep.model.network.Task;
import io.evenstep.model.network.dl4j.Network;
import io.evenstep.model.network.trust.AllowedTypes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The networks of the benchmark on both engines: one gradient, and a hundred steps.
 *
 * <p>If a number is within rounding of 0, ReLU may have a slope of 1 in one engine and of 0 in the
 * other. Both are right, and the gradients differ by that number's share. In the residual network
 * this happens in every second batch. So tanh replaces ReLU here, and {@code
 * ActivationsEqualDl4jTest} compares ReLU by itself.
 */
class BenchModelsTest {
  private static final Path JOBS =
      Path.of(System.getProperty("evenstep.root", "..")).resolve("src/bench/compare/jobs");
  private static final Map<String, Shape> SHAPES =
      Map.of(
          "small-mlp", Shape.of(64),
          "mlp", Shape.of(784),
          "lenet", Shape.of(1, 28, 28),
          "lstm", Shape.of(28, 28),
          "residual", Shape.of(1, 28, 28));
  private static final int ROWS = 16;
  private static final int CLASSES = 10;
  private static final int STEPS = 100;

  static Stream<String> models() {
    return SHAPES.keySet().stream().sorted();
  }

  static Stream<String> optimizers() {
    return Optimizers.names().stream();
  }

  @Test
  void knowsEveryJobOfTheBenchmark() throws IOException {
    try (Stream<Path> files = Files.list(JOBS)) {
      assertThat(files.map(file -> file.getFileName().toString().replace(".yaml", "")))
          .containsExactlyInAnyOrderElementsOf(SHAPES.keySet());
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void computesTheGradientAndOutputsOfDl4j(String model) throws IOException {
    Learner fast = learner(model, Map.of(), EngineChoice.STEP);
    Learner reference = learner(model, Map.of(), EngineChoice.DL4J);
    MiniBatch batch = batch(model, 0);

    double loss = reference.pass().accumulate(batch, 0, reference.gradient());
    assertThat(fast.pass().accumulate(batch, 0, fast.gradient()))
        .isCloseTo(loss, within(1e-5 * loss));
    INDArray gradient = reference.gradient().array();
    // the biases before batch normalisation have a gradient of 0, so only rounding errors remain
    assertThat(fast.gradient().array().distance2(gradient))
        .isLessThan(1e-5 * gradient.norm2Number().doubleValue());
    assertThat(distanceOfPredictions(fast, reference, batch)).isLessThan(1e-5);
  }

  @ParameterizedTest
  @MethodSource("models")
  @Tag("slow")
  void endsAHundredStepsWhereDl4jDoes(String model) throws IOException {
    requireSameEnd(model, Map.of("training.optimizer.name", "nesterov"));
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void endsAHundredStepsOfAnyOptimizerWhereDl4jDoes(String optimizer) throws IOException {
    requireSameEnd("small-mlp", Map.of("training.optimizer.name", optimizer));
  }

  private static void requireSameEnd(String model, Map<String, String> settings)
      throws IOException {
    Learner fast = learner(model, settings, EngineChoice.STEP);
    Learner reference = learner(model, settings, EngineChoice.DL4J);
    INDArray before = reference.parameters().array().dup();
    for (Learner learner : List.of(fast, reference)) {
      Pass pass = learner.pass();
      for (int step = 0; step < STEPS; step++) {
        pass.accumulate(batch(model, step), step, learner.gradient());
        learner.apply(step, 0, ROWS, new Range(0, learner.parameters().length()));
      }
    }
    assertThat(distance(reference.parameters().array(), before)).isGreaterThan(1e-3);
    assertThat(distance(fast.parameters().array(), reference.parameters().array()))
        .isLessThan(1e-4);
    assertThat(distanceOfPredictions(fast, reference, batch(model, 0))).isLessThan(1e-4);
  }

  private static Learner learner(String model, Map<String, String> settings, EngineChoice engine)
      throws IOException {
    String job = Files.readString(JOBS.resolve(model + ".yaml")).replace("relu", "tanh");
    Overrides overrides = Overrides.of(settings, Map.of());
    JobConfig config = JobConfig.parse(job, model, JOBS.toAbsolutePath().toString(), overrides);
    Network network =
        Networks.build(
            config.network(),
            DataShape.of(SHAPES.get(model), Shape.of(CLASSES), Task.CLASSIFICATION));
    ByteArrayOutputStream zip = new ByteArrayOutputStream();
    network.save(zip);
    return Engines.open(
        new Artifact(zip.toByteArray(), AllowedTypes.BUILT_IN),
        new Objective(config.network().updates().clipping(), Manner.JOB, engine));
  }

  /** Numbers from 0 to 1, like pixels. */
  private static MiniBatch batch(String model, int step) {
    Random random = new Random(step);
    long[] shape =
        Stream.concat(Stream.of(ROWS), SHAPES.get(model).sizes().stream())
            .mapToLong(size -> size)
            .toArray();
    INDArray features = Nd4j.create(shape);
    for (long i = 0; i < features.length(); i++) {
      features.putScalar(i, random.nextFloat());
    }
    INDArray labels = Nd4j.create(ROWS, CLASSES);
    for (int row = 0; row < ROWS; row++) {
      labels.putScalar(row, random.nextInt(CLASSES), 1);
    }
    return MiniBatch.of(features, labels);
  }

  private static double distanceOfPredictions(Learner left, Learner right, MiniBatch batch) {
    try (Predictions ours = left.scorer().predict(batch);
        Predictions theirs = right.scorer().predict(batch)) {
      return distance(ours.outputs().get(0), theirs.outputs().get(0));
    }
  }

  private static double distance(INDArray left, INDArray right) {
    return left.sub(right).amaxNumber().doubleValue();
  }
}
