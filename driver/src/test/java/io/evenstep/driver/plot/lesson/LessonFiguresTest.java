package io.evenstep.driver.plot.lesson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.evenstep.driver.plot.Figure;
import io.evenstep.driver.plot.FigureFiles;
import io.evenstep.model.NativeRuntime;
import io.evenstep.model.catalog.Optimizers;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.IUpdater;

/** The curves of the pictures against their formulas. */
class LessonFiguresTest {
  static {
    NativeRuntime.oneThread();
  }

  private static final List<Double> POINTS = List.of(-3.1, -1.2, -0.4, 0.3, 0.9, 2.7);

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  static Stream<Arguments> activations() {
    return Stream.<Map.Entry<String, List<DoubleUnaryOperator>>>of(
            Map.entry("step", List.of(x -> x >= 0 ? 1 : 0, x -> 0)),
            Map.entry("identity", List.of(x -> x, x -> 1)),
            Map.entry("sigmoid", List.of(x -> sigmoid(x), x -> sigmoid(x) * (1 - sigmoid(x)))),
            Map.entry("tanh", List.of(Math::tanh, x -> 1 - Math.tanh(x) * Math.tanh(x))),
            Map.entry("relu", List.of(x -> Math.max(0, x), x -> x > 0 ? 1 : 0)),
            Map.entry("leakyRelu", List.of(x -> Math.max(0.01 * x, x), x -> x > 0 ? 1 : 0.01)),
            Map.entry("leakyRelu(0.1)", List.of(x -> Math.max(0.1 * x, x), x -> x > 0 ? 1 : 0.1)),
            Map.entry("elu", List.of(x -> x > 0 ? x : Math.expm1(x), x -> x > 0 ? 1 : Math.exp(x))),
            Map.entry("softmax", List.of(x -> sigmoid(x), x -> sigmoid(x) * (1 - sigmoid(x)))),
            Map.entry(
                "swish",
                List.of(x -> x * sigmoid(x), x -> sigmoid(x) + x * sigmoid(x) * (1 - sigmoid(x)))),
            Map.entry(
                "gelu", // by x sigmoid(1.702 x)
                List.of(
                    x -> x * sigmoid(1.702 * x),
                    x ->
                        sigmoid(1.702 * x)
                            + 1.702 * x * sigmoid(1.702 * x) * (1 - sigmoid(1.702 * x)))))
        .map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("activations")
  void activationsFollowTheirFormulas(String name, List<DoubleUnaryOperator> formulas) {
    List<Double> values = ActivationFigures.values(name, POINTS);
    List<Double> slopes = ActivationFigures.slopes(name, POINTS);
    for (int i = 0; i < POINTS.size(); i++) {
      double x = POINTS.get(i);
      assertThat(values.get(i))
          .as("%s(%s)", name, x)
          .isCloseTo(formulas.get(0).applyAsDouble(x), within(1e-5));
      assertThat(slopes.get(i))
          .as("slope of %s at %s", name, x)
          .isCloseTo(formulas.get(1).applyAsDouble(x), within(1e-5));
    }
  }

  static Stream<Arguments> losses() {
    return Stream.<Map.Entry<String, DoubleUnaryOperator>>of(
            Map.entry("perceptron", m -> Math.max(0, -m)),
            Map.entry("hinge", m -> Math.max(0, 1 - m)),
            Map.entry("squaredHinge", m -> Math.pow(Math.max(0, 1 - m), 2)),
            Map.entry("logistic", m -> Math.log1p(Math.exp(-m))),
            Map.entry("exponential", m -> Math.exp(-m)),
            Map.entry("savage", m -> Math.pow(1 + Math.exp(m), -2)),
            Map.entry("tangent", m -> Math.pow(2 * Math.atan(m) - 1, 2)),
            Map.entry("mse", m -> (1 - m) * (1 - m)),
            Map.entry("mae", m -> Math.abs(1 - m)),
            Map.entry("quantile(0.9)", m -> m < 1 ? 0.9 * (1 - m) : 0.1 * (m - 1)),
            Map.entry("logCosh", m -> Math.log(Math.cosh(1 - m))))
        .map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("losses")
  void lossesFollowTheirFormulas(String name, DoubleUnaryOperator formula) {
    for (double m : POINTS) {
      double value = LossFigures.value(name, Activation.IDENTITY.getActivationFunction(), m, 1);
      assertThat(value).as("%s at %s", name, m).isCloseTo(formula.applyAsDouble(m), within(1e-5));
    }
  }

  @Test
  void crossEntropyIsTheLogisticLossOfALogit() {
    double value =
        LossFigures.value(
            "binaryCrossEntropy", Activation.SIGMOID.getActivationFunction(), -0.7, 1);
    assertThat(value).isCloseTo(Math.log1p(Math.exp(0.7)), within(1e-5));
  }

  @Test
  void gradientDescentTakesTheStepsOfItsFormula() {
    IUpdater plain = Optimizers.create("sgd", 0.1, Optional.empty(), Map.of());
    List<List<Double>> points = SurfacePaths.walk(plain, 1);
    double y = 0.02;
    assertThat(points.get(1).get(0)).isCloseTo(-1.6 + 0.1 * 1.6, within(1e-6));
    assertThat(points.get(1).get(1)).isCloseTo(y - 0.1 * (y * y * y - y), within(1e-6));
  }

  @Test
  void momentumAndAdamLeaveTheSaddleForAMinimum() {
    for (String name : List.of("momentum", "adam")) {
      IUpdater rule = Optimizers.create(name, 0.05, Optional.empty(), Map.of());
      List<List<Double>> points = SurfacePaths.walk(rule, 400);
      List<Double> end = points.get(points.size() - 1);
      assertThat(end.get(1)).as(name).isCloseTo(1, within(0.05));
    }
  }

  @Test
  void smallWeightsShrinkTheActivationsAndHeKeepsThose() {
    List<Double> small = SpreadFigures.spreads("normal(0.01)", "relu");
    List<Double> he = SpreadFigures.spreads("he", "relu");
    assertThat(small.get(9)).isLessThan(1e-3 * small.get(0));
    assertThat(he.get(9)).isBetween(0.3 * he.get(0), 3 * he.get(0));
  }

  @Test
  void drawsEveryPicture() throws IOException {
    for (Map.Entry<String, Supplier<Figure>> each : LessonFigures.all().entrySet()) {
      Figure figure = each.getValue().get();
      byte[] png = FigureFiles.png(figure);
      assertThat(ImageIO.read(new ByteArrayInputStream(png)).getWidth())
          .as(each.getKey())
          .isEqualTo(2 * figure.width());
    }
  }
}
