package io.evenstep.model.engine.step;

import static io.evenstep.model.engine.step.Cases.output;
import static io.evenstep.model.engine.step.Cases.rows;
import static io.evenstep.model.engine.step.Cases.stack;

import io.evenstep.model.catalog.Activations;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationCube;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;

/** Every activation of the catalogue equals DL4J's, forward and backward. */
class ActivationsEqualDl4jTest {
  /** All but one, which draws random numbers; {@link StepProgramTest} tests it. */
  static Stream<IActivation> all() {
    return Activations.names().stream()
        .filter(name -> !name.equals("randomRelu"))
        .map(Activations::create);
  }

  /** Also without one that is not defined for images. */
  static Stream<IActivation> ofImages() {
    return all().filter(activation -> !(activation instanceof ActivationSoftmax));
  }

  /** Also without one that overflows within seven steps. */
  static Stream<IActivation> ofSteps() {
    return ofImages().filter(activation -> !(activation instanceof ActivationCube));
  }

  @ParameterizedTest
  @MethodSource("all")
  void activatesVectorsAsDl4jDoes(IActivation activation) {
    Layer layer = new DenseLayer.Builder().nOut(12).activation(activation).build();
    StepEqualsDl4jTest.requireEqual(
        stack(InputType.feedForward(6), layer, output()), rows(4, 9, 6));
  }

  @ParameterizedTest
  @MethodSource("ofImages")
  void activatesImagesAsDl4jDoes(IActivation activation) {
    Layer layer = new ConvolutionLayer.Builder(3, 2).nOut(5).activation(activation).build();
    StepEqualsDl4jTest.requireEqual(
        stack(InputType.convolutional(6, 7, 2), layer, output()), rows(4, 9, 2, 6, 7));
  }

  @ParameterizedTest
  @MethodSource("all")
  void activatesInputsAsDl4jDoes(IActivation activation) {
    Layer layer = new ActivationLayer.Builder().activation(activation).build();
    StepEqualsDl4jTest.requireEqual(
        stack(InputType.feedForward(6), layer, Cases.dense(7), output()), rows(4, 9, 6));
  }

  @ParameterizedTest
  @MethodSource("ofSteps")
  void activatesStepsAsDl4jDoes(IActivation activation) {
    Layer layer = new SimpleRnn.Builder().nOut(8).activation(activation).build();
    StepEqualsDl4jTest.requireEqual(
        stack(InputType.recurrent(4, 7), new LastTimeStep(layer), output()), rows(4, 6, 4, 7));
  }

  @ParameterizedTest
  @MethodSource("ofSteps")
  void activatesCellsAsDl4jDoes(IActivation activation) {
    Layer layer = new LSTM.Builder().nOut(8).activation(activation).build();
    StepEqualsDl4jTest.requireEqual(
        stack(InputType.recurrent(4, 7), new LastTimeStep(layer), output()), rows(4, 6, 4, 7));
  }
}
