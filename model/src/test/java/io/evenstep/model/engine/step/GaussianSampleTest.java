package io.evenstep.model.engine.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.data.Predictions;
import io.evenstep.model.engine.Artifact;
import io.evenstep.model.engine.EngineChoice;
import io.evenstep.model.engine.Engines;
import io.evenstep.model.engine.Learner;
import io.evenstep.model.engine.Objective;
import io.evenstep.model.engine.Objective.Manner;
import io.evenstep.model.layer.GaussianSample;
import io.evenstep.model.network.dl4j.Clipping;
import io.evenstep.model.network.trust.AllowedTypes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The samples in the middle of a variational autoencoder, in both engines. */
class GaussianSampleTest {
  private static final int ROWS = 12;
  private static final MiniBatch BATCH = Cases.rows(1, ROWS, 6);

  private static Learner learner(EngineChoice engine) throws IOException {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            Cases.stack(InputType.feedForward(6), new GaussianSample(), Cases.output()));
    network.init();
    ByteArrayOutputStream zip = new ByteArrayOutputStream();
    ModelSerializer.writeModel(network, zip, true);
    return Engines.open(
        new Artifact(zip.toByteArray(), AllowedTypes.BUILT_IN),
        new Objective(Clipping.NONE, Manner.JOB, engine));
  }

  /** Of the rows' distributions from the standard normal one. */
  private static double divergence() {
    double sum = 0;
    for (int row = 0; row < ROWS; row++) {
      for (int i = 0; i < 3; i++) {
        double mean = BATCH.features().get(0).getDouble(row, i);
        double logarithm = BATCH.features().get(0).getDouble(row, 3 + i);
        sum += (mean * mean + Math.exp(logarithm) - logarithm - 1) / 2;
      }
    }
    return sum;
  }

  @ParameterizedTest
  @EnumSource(names = {"STEP", "DL4J"})
  void theLossIncludesTheDivergence(EngineChoice engine) throws IOException {
    Learner learner = learner(engine);
    learner.parameters().array().assign(0); // each class is as probable as the others
    learner.written();
    double known = ROWS * Math.log(Cases.CLASSES) + divergence();

    assertThat(learner.pass().accumulate(BATCH, 1, learner.gradient()))
        .isCloseTo(known, within(1e-4));
    assertThat(learner.scorer().loss(BATCH)).isCloseTo(known, within(1e-4));
  }

  @Test
  void evaluationsDrawTheSameNoiseInBothEnginesAndPredictionsDrawNone() throws IOException {
    Learner fast = learner(EngineChoice.STEP);
    Learner reference = learner(EngineChoice.DL4J);
    double loss = fast.scorer().loss(BATCH);

    assertThat(loss).isCloseTo(reference.scorer().loss(BATCH), within(1e-4));
    assertThat(fast.scorer().loss(BATCH)).isEqualTo(loss);
    try (Predictions ours = fast.scorer().predict(BATCH);
        Predictions theirs = reference.scorer().predict(BATCH)) {
      INDArray shares = ours.outputs().get(0);
      assertThat(shares.distance2(theirs.outputs().get(0))).isLessThan(1e-5);
      double ofMeans = divergence();
      for (int row = 0; row < ROWS; row++) {
        int label = BATCH.labels().get(0).getRow(row).argMax().getInt(0);
        ofMeans -= Math.log(shares.getDouble(row, label));
      }
      assertThat(Math.abs(loss - ofMeans)).isGreaterThan(0.01);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"STEP", "DL4J"})
  void theKeyDecidesTheNoiseOfTraining(EngineChoice engine) throws IOException {
    Learner learner = learner(engine);
    double first = learner.pass().accumulate(BATCH, 1, learner.gradient());
    INDArray gradient = learner.gradient().array().dup();
    double second = learner.pass().accumulate(BATCH, 2, learner.gradient());
    assertThat(second).isNotEqualTo(first);
    assertThat(learner.gradient().array()).isNotEqualTo(gradient);

    assertThat(learner.pass().accumulate(BATCH, 1, learner.gradient())).isEqualTo(first);
    assertThat(learner.gradient().array().toFloatVector()).isEqualTo(gradient.toFloatVector());
  }
}
