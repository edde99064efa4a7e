package io.evenstep.model.engine.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.engine.Artifact;
import io.evenstep.model.engine.EngineChoice;
import io.evenstep.model.engine.Engines;
import io.evenstep.model.engine.Learner;
import io.evenstep.model.engine.Objective;
import io.evenstep.model.engine.Objective.Manner;
import io.evenstep.model.engine.Pass;
import io.evenstep.model.engine.Range;
import io.evenstep.model.network.dl4j.Clipping;
import io.evenstep.model.network.trust.AllowedTypes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.GravesLSTM;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Truncated backpropagation through time: state, losses and slopes of segments. */
class StepSegmentsTest {
  private static final int ROWS = 6;
  private static final int SIZE = 3;
  private static final int STEPS = 10;
  private static final int SEGMENT = 4; // so that segments have 4, 4 and 2 steps
  private static final int SEGMENTS = 3;
  private static final int TURNS = 60; // over the same batch

  private record Recurrent(String name, Layer... layers) {
    @Override
    public String toString() {
      return name;
    }
  }

  @SuppressWarnings("deprecation") // it is what saved networks have
  static Stream<Recurrent> layers() {
    return Stream.of(
        new Recurrent("lstm", lstm(Activation.TANH), lstm(Activation.TANH)),
        new Recurrent("stepped lstm", lstm(Activation.SOFTSIGN)),
        new Recurrent("peepholes", new GravesLSTM.Builder().nOut(5).build()));
  }

  private static LSTM lstm(Activation activation) {
    return new LSTM.Builder().nOut(5).activation(activation).build();
  }

  private static RnnOutputLayer output() {
    return new RnnOutputLayer.Builder(LossFunction.MCXENT)
        .nOut(Cases.CLASSES)
        .activation(Activation.SOFTMAX)
        .build();
  }

  private static NeuralNetConfiguration.Builder common() {
    return Cases.common(new Adam(0.01)).l2(0.001);
  }

  private static MultiLayerConfiguration list(Layer... layers) {
    Layer[] all = Arrays.copyOf(layers, layers.length + 1);
    all[layers.length] = output();
    MultiLayerConfiguration network = Cases.stack(common(), InputType.recurrent(SIZE, STEPS), all);
    network.setBackpropType(BackpropType.TruncatedBPTT);
    network.setTbpttFwdLength(SEGMENT);
    network.setTbpttBackLength(SEGMENT);
    return network;
  }

  private static ComputationGraphConfiguration graph(Layer... layers) {
    GraphBuilder graph = common().graphBuilder().addInputs("layer 0");
    for (int i = 0; i < layers.length; i++) {
      graph.addLayer("layer " + (i + 1), layers[i], "layer " + i);
    }
    return graph
        .addLayer("out", output(), "layer " + layers.length)
        .setOutputs("out")
        .setInputTypes(InputType.recurrent(SIZE, STEPS))
        .backpropType(BackpropType.TruncatedBPTT)
        .tBPTTLength(SEGMENT)
        .build();
  }

  private static Learner learner(byte[] zip, EngineChoice engine) {
    return Engines.open(
        new Artifact(zip, AllowedTypes.BUILT_IN), new Objective(Clipping.NONE, Manner.FIT, engine));
  }

  private static byte[] zip(Model network) throws IOException {
    ByteArrayOutputStream zip = new ByteArrayOutputStream();
    ModelSerializer.writeModel(network, zip, true);
    return zip.toByteArray();
  }

  private static MiniBatch segment(MiniBatch whole, int segment) {
    int from = segment * SEGMENT;
    int to = Math.min(STEPS, from + SEGMENT);
    return new MiniBatch(
        List.of(cut(whole.features().get(0), from, to)),
        List.of(cut(whole.labels().get(0), from, to)),
        List.of(),
        List.of(),
        Optional.empty(),
        ROWS,
        segment,
        () -> {});
  }

  private static INDArray cut(INDArray whole, int from, int to) {
    return whole.get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.interval(from, to));
  }

  private static MiniBatch batch(int number) {
    INDArray labels = Nd4j.create(ROWS, Cases.CLASSES, STEPS);
    for (int row = 0; row < ROWS; row++) {
      for (int step = 0; step < STEPS; step++) {
        labels.putScalar(row, (number + 3 * row + 2 * step) % Cases.CLASSES, step, 1);
      }
    }
    return MiniBatch.of(Cases.normal(number, ROWS, SIZE, STEPS), labels);
  }

  @ParameterizedTest
  @MethodSource("layers")
  void carriesTheStateThatDl4jCarries(Recurrent recurrent) throws IOException {
    requireEqualLosses(new MultiLayerNetwork(list(recurrent.layers())));
    requireEqualLosses(new ComputationGraph(graph(recurrent.layers())));
  }

  private static void requireEqualLosses(Model network) throws IOException {
    network.init();
    byte[] zip = zip(network);
    Learner fast = learner(zip, EngineChoice.STEP);
    Learner reference = learner(zip, EngineChoice.DL4J);
    Pass ours = fast.pass();
    Pass theirs = reference.pass();
    MiniBatch whole = batch(1);
    for (int segment = 0; segment < SEGMENTS; segment++) {
      MiniBatch part = segment(whole, segment);
      double loss = theirs.accumulate(part, segment, reference.gradient());
      assertThat(ours.accumulate(part, segment, fast.gradient()))
          .isCloseTo(loss, within(1e-5 * loss));
      if (segment == 0) {
        assertThat(distance(fast.gradient().array(), reference.gradient().array()))
            .isLessThan(1e-5);
      }
      byte[] ourState = ours.segmentState();
      byte[] theirState = theirs.segmentState();
      theirs.accumulate(segment(batch(2), 0), 0, reference.gradient()); // other sequences between
      ours.accumulate(segment(batch(2), 0), 0, fast.gradient());
      ours.goOnFrom(ourState);
      theirs.goOnFrom(theirState);
    }
  }

  private static double distance(INDArray some, INDArray others) {
    return some.sub(others).amaxNumber().doubleValue();
  }

  @ParameterizedTest
  @MethodSource("layers")
  void learnsFromSegments(Recurrent recurrent) throws IOException {
    MultiLayerNetwork network = new MultiLayerNetwork(list(recurrent.layers()));
    network.init();
    Learner learner = learner(zip(network), EngineChoice.STEP);
    Pass pass = learner.pass();
    double first = 0;
    double last = 0;
    for (int step = 0; step < TURNS * SEGMENTS; step++) {
      int segment = step % SEGMENTS;
      pass.goOnFrom(pass.segmentState());
      double loss = pass.accumulate(segment(batch(1), segment), step, learner.gradient());
      learner.apply(step, 0, ROWS, new Range(0, learner.parameters().length()));
      first += step < SEGMENTS ? loss : 0;
      last += step >= (TURNS - 1) * SEGMENTS ? loss : 0;
    }
    assertThat(last).isLessThan(0.7 * first);
  }

  /** Which DL4J's layers do not compute: see {@link SegmentCoverage}. */
  @ParameterizedTest
  @MethodSource("layersOfLists")
  void computesTheSlopeOfTheLossOfALaterSegment(Recurrent recurrent) {
    MultiLayerConfiguration network = list(recurrent.layers());
    Model random = Differences.network(network);
    MiniBatch whole = batch(1);
    MiniBatch later = plain(segment(whole, 1));
    try (StepProgram program = StepCompiler.forTraining(network, ShardShape.of(later))) {
      INDArray gradient = Nd4j.create(random.numParams());
      program.load(random.params().data().address());
      program.shard().of(plain(segment(whole, 0)));
      program.begin(new byte[0]);
      program.accumulate(0, gradient.data().address());
      program.begin(program.segmentState());
      Differences.require(program, random, later);
    }
  }

  static Stream<Recurrent> layersOfLists() {
    Layer simple = new SimpleRnn.Builder().nOut(5).activation(Activation.TANH).build();
    Layer stepped = new SimpleRnn.Builder().nOut(5).activation(Activation.SOFTSIGN).build();
    return Stream.concat(layers(), Stream.of(new Recurrent("simple", simple, stepped)));
  }

  private static MiniBatch plain(MiniBatch views) {
    return MiniBatch.of(views.features().get(0).dup('c'), views.labels().get(0).dup('c'));
  }

  @Test
  void saysWhatItDoesNotCover() {
    MultiLayerConfiguration shorter = list(lstm(Activation.TANH));
    shorter.setTbpttBackLength(2);
    MultiLayerConfiguration bothWays =
        list(new Bidirectional(Bidirectional.Mode.CONCAT, lstm(Activation.TANH)));

    assertThat(StepCompiler.uncovered(shorter))
        .hasValue("backpropagation through 2 of 4 steps of a segment");
    assertThat(StepCompiler.uncovered(bothWays))
        .hasValue("layer 0 (Bidirectional): segments of sequences");
  }
}
