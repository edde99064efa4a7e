package io.evenstep.model.network;

import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.network.dl4j.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A few steps from weights and rows made without ND4J's random generators, and their result on a
 * processor. No process can load ND4J for both a processor and a card, so both are compared with
 * these numbers.
 */
enum SmallSteps {
  DENSE(
      Shape.of(6),
      List.of(Map.of("type", "dense", "units", 8)),
      List.of(
          14.042067f,
          0.008259614f,
          0.5140943f,
          -0.13575463f,
          -0.4397935f,
          0.25955072f,
          0.37892917f,
          -0.3831244f,
          -0.24393764f,
          0.45205465f,
          0.1180322f)),
  CONVOLUTIONS(
      Shape.of(1, 8, 8),
      List.of(
          Map.of("type", "conv2d", "filters", 2),
          Map.of("type", "maxPool"),
          Map.of("type", "dense", "units", 4)),
      List.of(
          11.539778f,
          -0.020693537f,
          0.49293402f,
          -0.1294335f,
          -0.45193326f,
          0.27905264f,
          0.36068097f,
          -0.40116045f,
          -0.27990457f,
          0.43006778f,
          0.10849753f,
          -0.518852f,
          -0.0028374568f,
          0.48959044f));

  /** An optimizer that does not turn small differences into large steps. */
  private static final OptimizerSpec SGD = new OptimizerSpec("sgd", 0.1, Map.of());

  private static final int STEPS = 3;
  private static final int ROWS = 12;
  private static final int CLASSES = 3;
  private static final int EVERY = 8; // one in this many parameters is compared

  private final Shape shape;
  private final List<Map<String, Object>> layers;
  private final List<Float> onProcessor;

  SmallSteps(Shape shape, List<Map<String, Object>> layers, List<Float> onProcessor) {
    this.shape = shape;
    this.layers = layers;
    this.onProcessor = onProcessor;
  }

  /** The result of {@link #run} on a processor. */
  List<Float> onProcessor() {
    return onProcessor;
  }

  /** The loss of the last step, and some of the parameters after it. */
  List<Float> run() {
    Network network =
        Networks.build(
            SampleNetworks.spec(new NetworkSpec.Layers(layers), SGD, SampleNetworks.CONSTANT),
            DataShape.of(shape, Shape.of(CLASSES), Task.CLASSIFICATION));
    int parameters = (int) network.parameters().length();
    float[] weights = new float[parameters];
    IntStream.range(0, parameters).forEach(i -> weights[i] = (float) Math.sin(i) / 2);
    network.parameters().assign(Nd4j.createFromArray(weights));
    double loss = 0;
    for (int step = 0; step < STEPS; step++) {
      MiniBatch batch = SampleNetworks.batch(ROWS, shape, CLASSES, step);
      loss = network.computeGradient(batch, step);
      network.step(step, 0, ROWS);
    }
    List<Float> numbers = new ArrayList<>(List.of((float) loss));
    float[] after = network.parameters().toFloatVector();
    IntStream.range(0, parameters / EVERY).forEach(i -> numbers.add(after[i * EVERY]));
    return numbers;
  }
}
