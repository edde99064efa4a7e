package io.evenstep.model.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.evenstep.model.NativeRuntime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ElementwiseLossTest {
  static {
    NativeRuntime.oneThread();
  }

  private static final List<ElementwiseLoss> ALL =
      List.of(
          new PerceptronLoss(),
          new LogisticLoss(),
          new HingeLoss(),
          new SquaredHingeLoss(),
          new ExponentialLoss(),
          new SavageLoss(),
          new TangentLoss(),
          new HuberLoss(),
          new LogCoshLoss(),
          new QuantileLoss(0.9),
          new QuantileLoss(0.5));

  static Stream<ElementwiseLoss> losses() {
    return ALL.stream();
  }

  @ParameterizedTest
  @MethodSource("losses")
  void theDerivativeIsThatOfTheTerm(ElementwiseLoss loss) {
    double step = 1e-6;
    for (double label : new double[] {-1, 0, 1}) {
      for (double output : new double[] {-3.3, -0.7, -0.2, 0.4, 1.9, 4.1}) {
        double numeric =
            (loss.term(output + step, label) - loss.term(output - step, label)) / (2 * step);
        assertThat(loss.derivative(output, label))
            .as("%s at %s for %s", loss, output, label)
            .isCloseTo(numeric, within(1e-5 * Math.max(1, Math.abs(numeric))));
      }
    }
  }

  @Test
  void marginLossesHaveTheValuesOfTheirFormulas() {
    assertThat(new PerceptronLoss().term(-2, 1)).isEqualTo(2);
    assertThat(new PerceptronLoss().term(-2, -1)).isZero();
    assertThat(new PerceptronLoss().derivative(0, 1)).as("zero weights learn").isEqualTo(-1);
    assertThat(new HingeLoss().term(0.25, 1)).isEqualTo(0.75);
    assertThat(new HingeLoss().term(0.25, 0)).as("0 counts as -1").isEqualTo(1.25);
    assertThat(new HingeLoss().term(-3, -1)).as("beyond the margin").isZero();
    assertThat(new HingeLoss().derivative(1, 1)).as("on the margin").isZero();
    assertThat(new SquaredHingeLoss().term(-1, 1)).isEqualTo(4);
    assertThat(new SquaredHingeLoss().derivative(-1, 1)).isEqualTo(-4);
    assertThat(new LogisticLoss().term(0, 1)).isCloseTo(Math.log(2), within(1e-12));
    assertThat(new LogisticLoss().term(-800, 1)).as("no overflow").isEqualTo(800);
    assertThat(new ExponentialLoss().term(1, -1)).isCloseTo(Math.E, within(1e-12));
    assertThat(new SavageLoss().term(0, 1)).isCloseTo(0.25, within(1e-12));
    assertThat(new TangentLoss().term(0, 1)).isCloseTo(1, within(1e-12));
    assertThat(new LogisticLoss().term(1.5, 0))
        .as("0 counts as -1")
        .isEqualTo(new LogisticLoss().term(1.5, -1));
  }

  @Test
  void lossesOfErrorsHaveTheValuesOfTheirFormulas() {
    assertThat(new HuberLoss().term(0.5, 0)).isEqualTo(0.125);
    assertThat(new HuberLoss().term(3, 0)).isEqualTo(2.5);
    assertThat(new QuantileLoss(0.9).term(1, 3)).as("too low").isCloseTo(1.8, within(1e-12));
    assertThat(new QuantileLoss(0.9).term(3, 1)).as("too high").isCloseTo(0.2, within(1e-12));
    assertThat(new QuantileLoss(0.5).term(3, 1)).as("half of |e|").isEqualTo(1);
    assertThat(new LogCoshLoss().term(1, 0)).isCloseTo(Math.log(Math.cosh(1)), within(1e-12));
    assertThat(new LogCoshLoss().term(1000, 0)).isCloseTo(1000 - Math.log(2), within(1e-9));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void theGradientGoesThroughTheActivation(ElementwiseLoss loss) {
    INDArray labels = Nd4j.createFromArray(new double[][] {{1, -1}, {-1, 1}});
    double[][] start = {{0.3, -1.2}, {2.1, 0.6}};
    INDArray gradient =
        loss.computeGradient(labels, Nd4j.createFromArray(start), new ActivationSigmoid(), null);
    double step = 1e-6;
    for (int row = 0; row < 2; row++) {
      for (int i = 0; i < 2; i++) {
        INDArray up = Nd4j.createFromArray(start);
        up.putScalar(row, i, start[row][i] + step);
        INDArray down = Nd4j.createFromArray(start);
        down.putScalar(row, i, start[row][i] - step);
        double numeric =
            (loss.computeScore(labels, up, new ActivationSigmoid(), null, false)
                    - loss.computeScore(labels, down, new ActivationSigmoid(), null, false))
                / (2 * step);
        assertThat(gradient.getDouble(row, i)).as("%s", loss).isCloseTo(numeric, within(1e-5));
      }
    }
  }

  @Test
  void aMaskedRowCountsNothing() {
    INDArray labels = Nd4j.createFromArray(new double[][] {{1}, {1}});
    INDArray outputs = Nd4j.createFromArray(new double[][] {{-1}, {-5}});
    INDArray mask = Nd4j.createFromArray(new double[][] {{1}, {0}});
    PerceptronLoss loss = new PerceptronLoss();
    ActivationIdentity identity = new ActivationIdentity();
    assertThat(loss.computeScore(labels, outputs, identity, mask, false)).isEqualTo(1);
    assertThat(loss.computeGradient(labels, outputs, identity, mask).toDoubleVector())
        .containsExactly(new double[] {-1, 0}, within(1e-12));
    assertThat(loss.computeScoreArray(labels, outputs, identity, mask).toDoubleVector())
        .containsExactly(new double[] {1, 0}, within(1e-12));
  }

  @Test
  void refusesLabelsOfAnotherShape() {
    INDArray labels = Nd4j.create(DataType.FLOAT, 2, 1);
    INDArray outputs = Nd4j.create(DataType.FLOAT, 2, 3);
    assertThatThrownBy(
            () ->
                new HuberLoss().computeScore(labels, outputs, new ActivationIdentity(), null, true))
        .hasMessageContaining("Invalid labels: must have the shape of the outputs");
  }
}
