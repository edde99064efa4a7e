package io.evenstep.model.engine.step;

import static io.evenstep.model.engine.step.Cases.normal;
import static io.evenstep.model.engine.step.Cases.oneHot;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.engine.step.GraphEqualsDl4jTest.Graph;
import io.evenstep.model.layer.LayerNorm;
import io.evenstep.model.layer.SelfAttention;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex.Op;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.rnn.LastTimeStepVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Graphs over sequences of unequal lengths have DL4J's outputs, losses and gradients. */
class GraphMasksTest {
  private static final int ROWS = 6;
  private static final int SIZE = 4;
  private static final int STEPS = 7;
  private static final InputType SEQUENCE = InputType.recurrent(SIZE, STEPS);

  static Stream<Graph> graphs() {
    INDArray shrinking = mask(row -> STEPS - row);
    INDArray growing = mask(row -> row + 1);
    INDArray sequences = normal(1, ROWS, SIZE, STEPS);
    INDArray others = normal(3, ROWS, SIZE, STEPS);
    return Stream.of(
        new Graph(
            "last step beside a vector",
            besideAVector(),
            batch(
                List.of(sequences, normal(3, ROWS, 5)),
                List.of(Optional.of(shrinking), Optional.empty()))),
        new Graph(
            "last step by a vertex",
            lastByVertex(),
            batch(List.of(sequences), List.of(Optional.of(growing)))),
        new Graph(
            "last step by a vertex without a mask",
            lastByVertex(),
            batch(List.of(sequences), List.of())),
        new Graph(
            "two ways of one mask",
            joined(new ElementWiseVertex(Op.Add), PoolingType.AVG),
            batch(List.of(sequences, others), List.of(Optional.of(growing), Optional.of(growing)))),
        new Graph(
            "two masks added",
            joined(new ElementWiseVertex(Op.Add), PoolingType.AVG),
            batch(
                List.of(sequences, others), List.of(Optional.of(growing), Optional.of(shrinking)))),
        new Graph(
            "two masks merged",
            joined(new MergeVertex(), PoolingType.MAX),
            batch(
                List.of(sequences, others), List.of(Optional.of(growing), Optional.of(shrinking)))),
        new Graph(
            "one of two masks",
            joined(new MergeVertex(), PoolingType.AVG),
            batch(List.of(sequences, others), List.of(Optional.of(growing), Optional.empty()))),
        new Graph(
            "attention with a shortcut",
            attention(),
            batch(List.of(sequences), List.of(Optional.of(shrinking)))),
        new Graph("each step", eachStep(), steps(sequences, growing)));
  }

  private interface Length {
    int of(int row);
  }

  private static INDArray mask(Length length) {
    INDArray mask = Nd4j.create(ROWS, STEPS);
    for (int row = 0; row < ROWS; row++) {
      for (int step = 0; step < length.of(row); step++) {
        mask.putScalar(row, step, 1);
      }
    }
    return mask;
  }

  private static MiniBatch batch(List<INDArray> features, List<Optional<INDArray>> masks) {
    return new MiniBatch(features, List.of(oneHot(2, ROWS)), masks, List.of(), ROWS);
  }

  private static MiniBatch steps(INDArray features, INDArray mask) {
    INDArray labels = Nd4j.create(ROWS, Cases.CLASSES, STEPS);
    for (int row = 0; row < ROWS; row++) {
      for (int step = 0; step < STEPS; step++) {
        labels.putScalar(row, (3 * row + 5 * step + row * step) % Cases.CLASSES, step, 1);
      }
    }
    return new MiniBatch(
        List.of(features),
        List.of(labels),
        List.of(Optional.of(mask)),
        List.of(Optional.of(mask)),
        ROWS);
  }

  private static LSTM lstm(int units) {
    return new LSTM.Builder().nOut(units).build();
  }

  private static SimpleRnn simple() {
    return new SimpleRnn.Builder().nOut(5).build();
  }

  private static ComputationGraphConfiguration besideAVector() {
    return Cases.common()
        .graphBuilder()
        .addInputs("steps", "table")
        .addLayer("windows", new Convolution1DLayer.Builder(2).nOut(4).build(), "steps")
        .addLayer("all", lstm(5), "windows")
        .addLayer("last", new LastTimeStep(lstm(6)), "all")
        .addLayer("side", Cases.dense(4), "table")
        .addVertex("joint", new MergeVertex(), "last", "side")
        .addLayer("out", Cases.output(), "joint")
        .setOutputs("out")
        .setInputTypes(SEQUENCE, InputType.feedForward(5))
        .build();
  }

  private static ComputationGraphConfiguration lastByVertex() {
    return Cases.common()
        .graphBuilder()
        .addInputs("in")
        .addLayer("all", lstm(5), "in")
        .addVertex("last", new LastTimeStepVertex("in"), "all")
        .addLayer("pool", new GlobalPoolingLayer.Builder(PoolingType.AVG).build(), "all")
        .addVertex("joint", new MergeVertex(), "last", "pool")
        .addLayer("out", Cases.output(), "joint")
        .setOutputs("out")
        .setInputTypes(SEQUENCE)
        .build();
  }

  private static ComputationGraphConfiguration joined(
      org.deeplearning4j.nn.conf.graph.GraphVertex joint, PoolingType pooling) {
    return two()
        .addVertex("joint", joint, "left", "right")
        .addLayer("pool", new GlobalPoolingLayer.Builder(pooling).build(), "joint")
        .addLayer("out", Cases.output(), "pool")
        .setOutputs("out")
        .build();
  }

  private static GraphBuilder two() {
    return Cases.common()
        .graphBuilder()
        .addInputs("first", "second")
        .setInputTypes(SEQUENCE, SEQUENCE)
        .addLayer("left", lstm(5), "first")
        .addLayer("right", lstm(5), "second");
  }

  private static ComputationGraphConfiguration attention() {
    return Cases.common()
        .graphBuilder()
        .addInputs("in")
        .addLayer("steps", lstm(6), "in")
        .addLayer("attention", SelfAttention.ofAllSteps(2), "steps")
        .addVertex("sum", new ElementWiseVertex(Op.Add), "attention", "steps")
        .addLayer("norm", new LayerNorm(), "sum")
        .addLayer("pool", new GlobalPoolingLayer.Builder(PoolingType.AVG).build(), "norm")
        .addLayer("out", Cases.output(), "pool")
        .setOutputs("out")
        .setInputTypes(SEQUENCE)
        .build();
  }

  private static ComputationGraphConfiguration eachStep() {
    return Cases.common()
        .graphBuilder()
        .addInputs("in")
        .addLayer("left", simple(), "in")
        .addLayer("right", lstm(3), "in")
        .addVertex("joint", new MergeVertex(), "left", "right")
        .addLayer(
            "out",
            new RnnOutputLayer.Builder(LossFunction.MCXENT)
                .nOut(Cases.CLASSES)
                .activation(Activation.SOFTMAX)
                .build(),
            "joint")
        .setOutputs("out")
        .setInputTypes(SEQUENCE)
        .build();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("graphs")
  void computesWhatDl4jDoes(Graph it) {
    assertThat(StepCompiler.uncovered(it.network(), ShardShape.of(it.batch()).featureMasks()))
        .isEmpty();
    GraphEqualsDl4jTest.requireEqual(it);
  }

  @Test
  void namesTheVertexThatCannotTakeAMask() {
    ComputationGraphConfiguration graph =
        Cases.common()
            .graphBuilder()
            .addInputs("first", "second")
            .addLayer("both", new Bidirectional(Bidirectional.Mode.ADD, simple()), "first")
            .addLayer("left", new LastTimeStep(lstm(5)), "both")
            .addLayer("right", new LastTimeStep(lstm(5)), "second")
            .addVertex("joint", new MergeVertex(), "left", "right")
            .addLayer("out", Cases.output(), "joint")
            .setOutputs("out")
            .setInputTypes(SEQUENCE, SEQUENCE)
            .build();
    assertThat(StepCompiler.uncovered(graph, List.of(false, true))).isEmpty();
    assertThat(StepCompiler.uncovered(graph, List.of(true, true)))
        .hasValue("vertex both (Bidirectional): a mask of its input");
  }
}
