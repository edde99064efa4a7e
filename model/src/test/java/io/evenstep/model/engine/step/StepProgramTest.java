package io.evenstep.model.engine.step;

import static io.evenstep.model.engine.step.Cases.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.evenstep.model.catalog.Activations;
import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.engine.step.update.FusedUpdate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bytedeco.javacpp.Pointer;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.dropout.GaussianNoise;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PReLULayer;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.updater.BaseMultiLayerUpdater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;

/** Properties of a program other than computing what DL4J does. */
class StepProgramTest {
  private static final int STEPS = 100;

  @ParameterizedTest
  @ValueSource(strings = {"mlp", "lenet"})
  void endsAHundredStepsWhereDl4jDoes(String name) {
    boolean isMlp = name.equals("mlp");
    MultiLayerConfiguration network =
        isMlp ? Cases.mlp(new Adam(0.003)) : Cases.lenet(new Nesterovs(0.02, 0.9));
    MultiLayerNetwork theirs = new Dl4jReference(network.clone()).network();
    MultiLayerNetwork ours = new Dl4jReference(network.clone()).network();
    ours.getUpdater(true);
    for (int step = 0; step < STEPS; step++) {
      MiniBatch batch = isMlp ? rows(step, 8, 20) : rows(step, 8, 2, 12, 12);
      theirs.fit(new DataSet(batch.features().get(0), batch.labels().get(0)));
    }
    train(ours, network, isMlp);
    assertThat(ours.params().sub(theirs.params()).amaxNumber().doubleValue()).isLessThan(1e-4);
  }

  private static void train(
      MultiLayerNetwork ours, MultiLayerConfiguration network, boolean isMlp) {
    INDArray gradient = ours.getFlattenedGradients();
    INDArray state = ours.getUpdater().getStateViewArray();
    FusedUpdate update =
        new FusedUpdate(
            (BaseMultiLayerUpdater<?>) ours.getUpdater(),
            address(ours.params()),
            address(gradient),
            address(state),
            state.length(),
            0);
    MiniBatch first = isMlp ? rows(0, 8, 20) : rows(0, 8, 2, 12, 12);
    try (StepProgram program = StepCompiler.forTraining(network, ShardShape.of(first))) {
      for (int step = 0; step < STEPS; step++) {
        MiniBatch batch = isMlp ? rows(step, 8, 20) : rows(step, 8, 2, 12, 12);
        program.load(address(ours.params()));
        program.shard().of(batch);
        program.accumulate(step, address(gradient));
        update.begin(step, 0, 8);
        update.apply(0, ours.numParams());
      }
    }
  }

  @Test
  void givesTheSameBitsInEveryProgramAndThread() throws ExecutionException, InterruptedException {
    MultiLayerConfiguration network = withDropout(0.6);
    MiniBatch batch = rows(1, 8, 2, 12, 12);
    INDArray parameters = new Dl4jReference(network).parameters();
    float[] expected = gradient(network, batch, parameters, 7);
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      List<Future<float[]>> all = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        all.add(threads.submit(() -> gradient(network, batch, parameters, 7)));
      }
      for (Future<float[]> one : all) {
        assertThat(one.get()).containsExactly(expected);
      }
    } finally {
      threads.shutdown();
    }
    assertThat(gradient(network, batch, parameters, 8)).isNotEqualTo(expected);
  }

  @Test
  void countsARowAsOftenAsItsWeightSays() {
    MultiLayerConfiguration network = Cases.mlp(new Sgd());
    MiniBatch batch = rows(1, 8, 20);
    INDArray parameters = new Dl4jReference(network).parameters();
    float[] weighted = gradient(network, Cases.weighted(batch), parameters, 0);
    float[] sum = new float[weighted.length];
    for (int row = 0; row < 8; row++) {
      float[] one = gradient(network, row(batch, row), parameters, 0);
      for (int i = 0; i < sum.length; i++) {
        sum[i] += 0.5f * (row % 4) * one[i];
      }
    }
    assertThat(weighted).containsExactly(sum, within(1e-5f));
  }

  @Test
  void dropsTheShareItIsToldAndKeepsTheMean() {
    MultiLayerConfiguration network =
        Cases.stack(
            InputType.feedForward(4000),
            new DenseLayer.Builder().nOut(1).dropOut(0.7).hasBias(false).build(),
            Cases.output());
    MiniBatch batch = MiniBatch.of(Nd4j.ones(4, 4000), Cases.oneHot(1, 4));
    INDArray parameters = new Dl4jReference(network).parameters();
    float[] gradient = gradient(network, batch, parameters, 3);
    // Rows that are all 1 give a weight's gradient as many parts as rows keep its input.
    float[] parts = new float[4000];
    System.arraycopy(gradient, 0, parts, 0, 4000);
    int gone = 0;
    for (float part : parts) {
      gone += part == 0 ? 1 : 0;
    }
    assertThat(gone / 4000.0).isCloseTo(Math.pow(0.3, 4), within(0.01));
  }

  @Test
  void drawsDropoutAnewForEveryKeyAndNotInPredictions() {
    MultiLayerConfiguration network = withDropout(0.5);
    MiniBatch batch = rows(1, 8, 2, 12, 12);
    Dl4jReference reference = new Dl4jReference(network);
    try (StepProgram program = StepCompiler.forInference(network, ShardShape.of(batch))) {
      program.load(address(reference.parameters()));
      program.shard().of(batch);
      assertThat(program.predict()).isCloseTo(reference.loss(batch), within(1e-4));
      assertThat(program.predict()).isEqualTo(program.predict());
    }
  }

  @Test
  void drawsSlopesAnewForEveryKeyAndTakesTheirMeanInPredictions() {
    MultiLayerConfiguration network =
        Cases.stack(
            InputType.feedForward(6),
            new DenseLayer.Builder().nOut(9).activation(Activations.create("randomRelu")).build(),
            Cases.output());
    MiniBatch batch = rows(4, 9, 6);
    Dl4jReference reference = new Dl4jReference(network);
    float[] one = gradient(network, batch, reference.parameters(), 7);
    assertThat(gradient(network, batch, reference.parameters(), 7)).containsExactly(one);
    assertThat(gradient(network, batch, reference.parameters(), 8)).isNotEqualTo(one);
    try (StepProgram program = StepCompiler.forInference(network, ShardShape.of(batch))) {
      program.load(address(reference.parameters()));
      program.shard().of(batch);
      assertThat(program.predict()).isCloseTo(reference.loss(batch), within(1e-5));
    }
  }

  @Test
  void holdsAsMuchMemoryAfterTenThousandStepsAsBefore() {
    MultiLayerConfiguration network = withDropout(0.5);
    MiniBatch batch = rows(1, 4, 2, 12, 12);
    INDArray parameters = new Dl4jReference(network).parameters();
    INDArray gradient = Nd4j.create(parameters.length());
    try (StepProgram program = StepCompiler.forTraining(network, ShardShape.of(batch))) {
      run(program, batch, parameters, gradient, 1000);
      long resident = Pointer.physicalBytes();
      long tracked = Pointer.totalBytes();
      run(program, batch, parameters, gradient, 10_000);
      assertThat(Pointer.totalBytes()).isLessThanOrEqualTo(tracked);
      assertThat(Pointer.physicalBytes() - resident).isLessThan(32 << 20);
    }
  }

  private static void run(
      StepProgram program, MiniBatch batch, INDArray parameters, INDArray gradient, int steps) {
    long from = address(parameters);
    long to = address(gradient);
    for (int step = 0; step < steps; step++) {
      program.load(from);
      program.shard().of(batch);
      program.accumulate(step, to);
    }
  }

  @Test
  void saysWhatItDoesNotCover() {
    assertThat(
            uncovered(new DenseLayer.Builder().nOut(3).weightNoise(new DropConnect(0.5)).build()))
        .isEqualTo("layer 0 (DenseLayer): weight noise");
    assertThat(uncovered(new DenseLayer.Builder().nOut(3).dropOut(new GaussianNoise(0.1)).build()))
        .isEqualTo("layer 0 (DenseLayer): GaussianNoise");
    assertThat(uncovered(new DenseLayer.Builder().nOut(3).hasLayerNorm(true).build()))
        .isEqualTo("layer 0 (DenseLayer): layer normalisation");
    assertThat(uncovered(new PReLULayer.Builder().inputShape(6).build()))
        .isEqualTo("layer 0: the type PReLULayer");
  }

  private static String uncovered(Layer layer) {
    return StepCompiler.uncovered(Cases.stack(InputType.feedForward(6), layer, Cases.output()))
        .orElseThrow();
  }

  @Test
  void refusesAnArrayInAnotherOrder() {
    MultiLayerConfiguration network = Cases.mlp(new Sgd());
    MiniBatch batch = rows(1, 8, 20);
    MiniBatch turned = MiniBatch.of(batch.features().get(0).dup('f'), batch.labels().get(0));
    try (StepProgram program = StepCompiler.forTraining(network, ShardShape.of(batch))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> program.shard().of(turned))
          .withMessageContaining("must be floats in C order");
    }
  }

  private static MultiLayerConfiguration withDropout(double keep) {
    NeuralNetConfiguration.Builder common = Cases.common().dropOut(keep);
    return Cases.stack(
        common,
        InputType.convolutional(12, 12, 2),
        Cases.convolution(6, 3),
        Cases.pooling(),
        Cases.dense(17),
        Cases.output());
  }

  private static MiniBatch row(MiniBatch batch, int row) {
    return MiniBatch.of(
        batch.features().get(0).getRow(row, true).dup('c'),
        batch.labels().get(0).getRow(row, true).dup('c'));
  }

  private static float[] gradient(
      MultiLayerConfiguration network, MiniBatch batch, INDArray parameters, long key) {
    INDArray gradient = Nd4j.create(parameters.length());
    try (StepProgram program = StepCompiler.forTraining(network, ShardShape.of(batch))) {
      program.load(address(parameters));
      program.shard().of(batch);
      program.accumulate(key, address(gradient));
    }
    return gradient.toFloatVector();
  }

  private static long address(INDArray array) {
    return array.data().address();
  }
}
