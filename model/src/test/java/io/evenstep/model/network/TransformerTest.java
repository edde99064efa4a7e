package io.evenstep.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.evenstep.model.ConfigException;
import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.data.Predictions;
import io.evenstep.model.engine.Artifact;
import io.evenstep.model.engine.EngineChoice;
import io.evenstep.model.engine.Engines;
import io.evenstep.model.engine.Learner;
import io.evenstep.model.engine.Objective;
import io.evenstep.model.engine.Objective.Manner;
import io.evenstep.model.engine.Range;
import io.evenstep.model.network.dl4j.Clipping;
import io.evenstep.model.network.dl4j.Network;
import io.evenstep.model.network.trust.AllowedTypes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Transformers over tokens: both engines take the same steps, and a step sees no later token. */
class TransformerTest {
  private static final int TOKENS = 7;
  private static final int STEPS = 6;
  private static final int ROWS = 8;

  @ParameterizedTest
  @ValueSource(strings = {"transformer-encoder", "transformer-lm"})
  void takesTheSameStepsInBothEngines(String name) throws IOException {
    Artifact artifact = artifact(network(name));
    Learner fast = learner(artifact, EngineChoice.STEP);
    Learner reference = learner(artifact, EngineChoice.DL4J);
    MiniBatch batch = batch(name.equals("transformer-lm"));

    for (int step = 0; step < 20; step++) {
      assertThat(step(fast, batch, step)).isCloseTo(step(reference, batch, step), within(1e-3));
    }

    assertThat(fast.parameters().array().distance2(reference.parameters().array()))
        .isLessThan(1e-3);
  }

  @Test
  void aCausalModelDoesNotSeeLaterTokens() throws IOException {
    Artifact artifact = artifact(network("transformer-lm"));
    INDArray tokens = tokens();
    INDArray changed = tokens.dup();
    changed.putColumn(STEPS - 1, changed.getColumn(STEPS - 1).rsub(TOKENS - 1));
    for (EngineChoice engine : List.of(EngineChoice.STEP, EngineChoice.DL4J)) {
      INDArray before = outputs(artifact, tokens, engine);
      INDArray after = outputs(artifact, changed, engine);
      for (int step = 0; step < STEPS; step++) {
        double distance = at(before, step).distance2(at(after, step));
        assertThat(distance == 0).as("step %d of %s", step, engine).isEqualTo(step < STEPS - 1);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = EngineChoice.class,
      names = {"STEP", "DL4J"})
  void aTiedModelKeepsItsMatrixTheSameInBothPlaces(EngineChoice engine) throws IOException {
    Learner learner = learner(artifact(tied("adam")), engine);
    float[] first = embedding(restored(learner));
    assertThat(first).containsExactly(outputOf(restored(learner)));

    for (int step = 0; step < 20; step++) {
      step(learner, batch(true), step);
    }

    ComputationGraph trained = restored(learner); // by DL4J itself
    assertThat(embedding(trained)).isNotEqualTo(first).containsExactly(outputOf(trained));
    Artifact saved = saved(learner);
    Learner again = learner(saved, engine);
    assertThat(again.parameters().sha256()).isEqualTo(learner.parameters().sha256());
    step(again, batch(true), 0);
    assertThat(embedding(restored(again))).containsExactly(outputOf(restored(again)));
  }

  @Test
  void aTiedModelTakesTheSameStepsInBothEngines() throws IOException {
    Artifact artifact = artifact(tied("sgd"));
    Learner fast = learner(artifact, EngineChoice.STEP);
    Learner reference = learner(artifact, EngineChoice.DL4J);
    for (int step = 0; step < 20; step++) {
      assertThat(step(fast, batch(true), step))
          .isCloseTo(step(reference, batch(true), step), within(1e-3));
    }
    assertThat(fast.parameters().array().distance2(reference.parameters().array()))
        .isLessThan(1e-3);
  }

  /** [tokens, units], row by row. */
  private static float[] embedding(ComputationGraph network) {
    return network.getLayers()[0].getParam("W").dup('c').reshape(TOKENS * 8).toFloatVector();
  }

  /** The output layer's weights, transposed, row by row. */
  private static float[] outputOf(ComputationGraph network) {
    return network
        .getOutputLayer(0)
        .getParam("W")
        .transpose()
        .dup('c')
        .reshape(TOKENS * 8)
        .toFloatVector();
  }

  private static Artifact saved(Learner learner) throws IOException {
    ByteArrayOutputStream zip = new ByteArrayOutputStream();
    learner.save(zip);
    return new Artifact(zip.toByteArray(), AllowedTypes.BUILT_IN);
  }

  private static ComputationGraph restored(Learner learner) throws IOException {
    return ModelSerializer.restoreComputationGraph(
        new ByteArrayInputStream(saved(learner).zip()), true);
  }

  @Test
  void namesTheVocabularyThatIsMissing() {
    DataShape numbers = DataShape.of(Shape.of(STEPS), Shape.of(2), Task.CLASSIFICATION);
    NetworkSpec spec = SampleNetworks.spec(new NetworkSpec.Named("transformer-encoder", Map.of()));

    assertThatThrownBy(() -> Networks.build(spec, numbers))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("vocabulary");
  }

  private static INDArray at(INDArray sequences, int step) {
    return sequences.tensorAlongDimension(step, 0, 1);
  }

  private static INDArray outputs(Artifact artifact, INDArray tokens, EngineChoice engine) {
    MiniBatch rows = new MiniBatch(List.of(tokens), List.of(), List.of(), List.of(), ROWS);
    try (Predictions predictions = Engines.scorer(artifact, engine).predict(rows)) {
      return predictions.outputs().get(0).dup('c');
    }
  }

  private static double step(Learner learner, MiniBatch batch, int step) {
    double loss = learner.pass().accumulate(batch, step, learner.gradient());
    learner.apply(step, 0, ROWS, new Range(0, learner.parameters().length()));
    return loss;
  }

  private static Learner learner(Artifact artifact, EngineChoice engine) {
    return Engines.open(artifact, new Objective(Clipping.NONE, Manner.JOB, engine));
  }

  private static Artifact artifact(Network network) throws IOException {
    ByteArrayOutputStream zip = new ByteArrayOutputStream();
    network.save(zip);
    return new Artifact(zip.toByteArray(), AllowedTypes.BUILT_IN);
  }

  private static Network tied(String optimizer) {
    return network("transformer-lm", Map.of("tie", true), optimizer);
  }

  private static Network network(String name) {
    return network(name, Map.of(), "sgd"); // because Adam makes steps of rounding errors
  }

  private static Network network(String name, Map<String, Object> more, String optimizer) {
    Shape out = name.equals("transformer-lm") ? Shape.of(TOKENS, STEPS) : Shape.of(3);
    Map<String, Object> parameters = new HashMap<>(more);
    parameters.putAll(Map.of("vocabulary", TOKENS, "units", 8, "heads", 2, "dropout", 0.0));
    NetworkSpec spec =
        SampleNetworks.spec(
            new NetworkSpec.Named(name, parameters),
            new OptimizerSpec(optimizer, 0.05, Map.of()),
            SampleNetworks.CONSTANT);
    return Networks.build(spec, DataShape.of(Shape.of(STEPS), out, Task.CLASSIFICATION));
  }

  private static MiniBatch batch(boolean eachStep) {
    return MiniBatch.of(tokens(), eachStep ? nextTokens() : SampleNetworks.oneHot(ROWS, 3, 2));
  }

  private static INDArray tokens() {
    Random random = new Random(1);
    float[][] tokens = new float[ROWS][STEPS];
    for (float[] row : tokens) {
      for (int step = 0; step < STEPS; step++) {
        row[step] = random.nextInt(TOKENS);
      }
    }
    return Nd4j.createFromArray(tokens);
  }

  /** The token after each, one-hot, [rows, tokens, steps]. */
  private static INDArray nextTokens() {
    INDArray tokens = tokens();
    INDArray next = Nd4j.zeros(ROWS, TOKENS, STEPS);
    for (int row = 0; row < ROWS; row++) {
      for (int step = 0; step < STEPS; step++) {
        next.putScalar(row, tokens.getInt(row, (step + 1) % STEPS), step, 1);
      }
    }
    return next;
  }
}
