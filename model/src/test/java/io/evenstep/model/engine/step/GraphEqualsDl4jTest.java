package io.evenstep.model.engine.step;

import static io.evenstep.model.engine.step.Cases.normal;
import static io.evenstep.model.engine.step.Cases.oneHot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.evenstep.model.data.MiniBatch;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex.Op;
import org.deeplearning4j.nn.conf.graph.L2NormalizeVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** A program compiled from a graph has DL4J's outputs, losses and gradients. */
class GraphEqualsDl4jTest {
  private static final double TOLERANCE = 1e-5;

  record Graph(String name, ComputationGraphConfiguration network, MiniBatch batch) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Graph> graphs() {
    return Stream.of(
        new Graph("residual", residual(), images(6)),
        new Graph("merged", merged(new MergeVertex()), vectors()),
        new Graph("added", merged(new ElementWiseVertex(Op.Add)), vectors()),
        new Graph("averaged", merged(new ElementWiseVertex(Op.Average)), vectors()),
        new Graph("multiplied", merged(new ElementWiseVertex(Op.Product)), vectors()),
        new Graph("three multiplied", three(Op.Product), vectors()),
        new Graph("subtracted", merged(new ElementWiseVertex(Op.Subtract)), vectors()),
        new Graph("largest", merged(new ElementWiseVertex(Op.Max)), vectors()),
        new Graph("largest of three", three(Op.Max), vectors()),
        new Graph("merged images", mergedImages(), images(6)),
        new Graph("two inputs and outputs", two(), twice()));
  }

  private static MiniBatch images(int rows) {
    return MiniBatch.of(normal(1, rows, 1, 8, 8), oneHot(2, rows));
  }

  private static MiniBatch vectors() {
    return MiniBatch.of(normal(1, 6, 7), oneHot(2, 6));
  }

  private static MiniBatch twice() {
    return new MiniBatch(
        List.of(normal(1, 6, 7), normal(3, 6, 4)),
        List.of(oneHot(2, 6), normal(4, 6, Cases.CLASSES)),
        List.of(),
        List.of(),
        6);
  }

  /** Two blocks: one that keeps the shape, one that halves it, with a projection beside it. */
  private static ComputationGraphConfiguration residual() {
    GraphBuilder graph = Cases.common().graphBuilder().addInputs("in");
    normalised(graph, "stem", "in", 6, 3, 1);
    relu(graph, "stem");
    normalised(graph, "a1", "stemRelu", 6, 3, 1);
    relu(graph, "a1");
    normalised(graph, "a2", "a1Relu", 6, 3, 1);
    graph.addVertex("a", new ElementWiseVertex(Op.Add), "a2", "stemRelu");
    relu(graph, "a");
    normalised(graph, "b1", "aRelu", 9, 3, 2);
    relu(graph, "b1");
    normalised(graph, "b2", "b1Relu", 9, 3, 1);
    normalised(graph, "side", "aRelu", 9, 1, 2);
    graph.addVertex("b", new ElementWiseVertex(Op.Add), "b2", "side");
    relu(graph, "b");
    return graph
        .addLayer("mean", new GlobalPoolingLayer.Builder(PoolingType.AVG).build(), "bRelu")
        .addLayer("out", Cases.output(), "mean")
        .setOutputs("out")
        .setInputTypes(InputType.convolutional(8, 8, 1))
        .build();
  }

  private static void normalised(
      GraphBuilder graph, String name, String from, int filters, int size, int stride) {
    Layer convolution =
        new ConvolutionLayer.Builder(size, size)
            .nOut(filters)
            .stride(stride, stride)
            .convolutionMode(ConvolutionMode.Same)
            .activation(Activation.IDENTITY)
            .hasBias(false)
            .build();
    graph.addLayer(name + "Filters", convolution, from);
    graph.addLayer(name, new BatchNormalization(), name + "Filters");
  }

  private static void relu(GraphBuilder graph, String from) {
    graph.addLayer(
        from + "Relu", new ActivationLayer.Builder().activation(Activation.RELU).build(), from);
  }

  private static ComputationGraphConfiguration merged(
      org.deeplearning4j.nn.conf.graph.GraphVertex joint) {
    return Cases.common()
        .graphBuilder()
        .addInputs("in")
        .addLayer("z", Cases.dense(8), "in")
        .addLayer("left", Cases.dense(8), "z")
        .addVertex("joint", joint, "left", "z")
        .addLayer("out", Cases.output(), "joint")
        .setOutputs("out")
        .setInputTypes(InputType.feedForward(7))
        .build();
  }

  private static ComputationGraphConfiguration three(Op op) {
    return Cases.common()
        .graphBuilder()
        .addInputs("in")
        .addLayer("left", Cases.dense(7), "in")
        .addLayer("right", Cases.dense(7), "in")
        .addVertex("joint", new ElementWiseVertex(op), "left", "in", "right")
        .addLayer("out", Cases.output(), "joint")
        .setOutputs("out")
        .setInputTypes(InputType.feedForward(7))
        .build();
  }

  private static ComputationGraphConfiguration mergedImages() {
    return Cases.common()
        .graphBuilder()
        .addInputs("in")
        .addLayer("left", Cases.convolution(3, 3), "in")
        .addLayer("right", Cases.convolution(18, 3), "in")
        .addVertex("joint", new MergeVertex(), "left", "right")
        .addLayer("pool", Cases.pooling(), "joint")
        .addLayer("out", Cases.output(), "pool")
        .setOutputs("out")
        .setInputTypes(InputType.convolutional(8, 8, 1))
        .build();
  }

  private static ComputationGraphConfiguration two() {
    return Cases.common()
        .graphBuilder()
        .addInputs("first", "second")
        .addLayer("left", Cases.dense(8), "first")
        .addLayer("right", Cases.dense(5), "second")
        .addVertex("joint", new MergeVertex(), "left", "right", "first")
        .addLayer("classes", Cases.output(), "joint")
        .addLayer("numbers", Cases.output(LossFunction.MSE, Activation.IDENTITY), "joint")
        .setOutputs("classes", "numbers")
        .setInputTypes(InputType.feedForward(7), InputType.feedForward(4))
        .build();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("graphs")
  void computesWhatDl4jDoes(Graph it) {
    requireEqual(it);
  }

  static void requireEqual(Graph it) {
    assertThat(StepCompiler.uncovered(it.network())).isEmpty();
    ComputationGraph theirs = new ComputationGraph(it.network());
    theirs.init();
    double loss = computeGradient(theirs, it.batch());
    INDArray expected = theirs.getFlattenedGradients().reshape(theirs.numParams());
    INDArray gradient = Nd4j.valueArrayOf(theirs.numParams(), Float.NaN);
    try (StepProgram program = StepCompiler.forTraining(it.network(), ShardShape.of(it.batch()))) {
      program.load(theirs.params().data().address());
      program.shard().of(it.batch());
      assertThat(program.accumulate(0, gradient.data().address()))
          .isCloseTo(loss, within(TOLERANCE * loss));
    }
    double size = expected.amaxNumber().doubleValue();
    assertThat(gradient.sub(expected).amaxNumber().doubleValue()).isLessThan(TOLERANCE * size);
    requireEqualOutputs(it, theirs);
  }

  private static double computeGradient(ComputationGraph theirs, MiniBatch batch) {
    theirs.setInputs(batch.features().toArray(new INDArray[0]));
    theirs.setLabels(batch.labels().toArray(new INDArray[0]));
    theirs.setLayerMaskArrays(masks(batch.featureMasks()), masks(batch.labelMasks()));
    theirs.computeGradientAndScore();
    theirs.clearLayerMaskArrays();
    for (Map.Entry<String, INDArray> entry : theirs.gradient().gradientForVariable().entrySet()) {
      if (entry.getKey().endsWith("_mean") || entry.getKey().endsWith("_log10stdev")) {
        entry.getValue().muli(batch.rows());
      }
    }
    return theirs.score() * batch.rows();
  }

  private static INDArray[] masks(List<Optional<INDArray>> masks) {
    return masks.isEmpty()
        ? null
        : masks.stream().map(mask -> mask.orElse(null)).toArray(INDArray[]::new);
  }

  private static void requireEqualOutputs(Graph it, ComputationGraph theirs) {
    INDArray[] inputs = it.batch().features().toArray(new INDArray[0]);
    INDArray[] outputs = theirs.output(false, inputs, masks(it.batch().featureMasks()), null);
    try (StepProgram program = StepCompiler.forInference(it.network(), ShardShape.of(it.batch()))) {
      program.load(theirs.params().data().address());
      program.shard().of(it.batch());
      program.predict();
      for (int i = 0; i < outputs.length; i++) {
        float[] got = new float[(int) outputs[i].length()];
        program.output(i).floats().get(got);
        assertThat(got)
            .containsExactly(
                outputs[i].dup('c').ravel().toFloatVector(), within((float) TOLERANCE));
      }
    }
  }

  @Test
  void saysWhatItDoesNotCover() {
    ComputationGraphConfiguration lengths =
        Cases.common()
            .graphBuilder()
            .addInputs("in")
            .addVertex("unit", new L2NormalizeVertex(), "in")
            .addLayer("out", Cases.output(), "unit")
            .setOutputs("out")
            .setInputTypes(InputType.feedForward(7))
            .build();
    assertThat(StepCompiler.uncovered(lengths)).hasValue("vertex unit: the type L2NormalizeVertex");
  }
}
