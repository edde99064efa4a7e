package io.evenstep.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.evenstep.model.ConfigException;
import io.evenstep.model.catalog.layer.LayerDefaults;
import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.network.dl4j.Clipping;
import io.evenstep.model.network.dl4j.Network;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class NetworkBuilderTest {
  @Test
  void reportsEveryProblemAtOnceWithTheNearestName() {
    NetworkSpec spec =
        new NetworkSpec(
            new NetworkSpec.Layers(
                List.of(
                    Map.of("type", "densse"),
                    Map.of("type", "dense", "unit", 3),
                    Map.of("type", "conv2d", "filters", 0, "kernel", List.of(3, 3, 3)))),
            Optional.of("crossentropy"),
            Optional.empty(),
            "xavier",
            new LayerDefaults("relu", 1.5),
            new NetworkSpec.Penalties(0, -1, 0),
            new NetworkSpec.Updates(
                Optional.of(new OptimizerSpec("adam", -1, Map.of("beta", 0.9))),
                new ScheduleSpec("step", 0, 10, Map.of()),
                Clipping.NONE),
            1);

    assertThatThrownBy(() -> build(spec, Shape.of(4)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("Invalid model.layers[0].type: must be one of dense, flatten")
        .hasMessageContaining("(did you mean dense?), got densse")
        .hasMessageContaining("Invalid model.layers[1].units: must be given, got nothing")
        .hasMessageContaining(
            "Invalid model.layers[1].unit: is not a parameter of dense (did you mean units?), got"
                + " 3")
        .hasMessageContaining(
            "Invalid model.layers[2].filters: must be a whole number of at least 1, got 0")
        .hasMessageContaining("Invalid model.layers[2].kernel: must be a whole number")
        .hasMessageContaining("Invalid model.loss: must be one of")
        .hasMessageContaining("(did you mean crossEntropy?), got crossentropy")
        .hasMessageContaining("Invalid model.dropout: must be a number of at least 0 and below 1")
        .hasMessageContaining("Invalid training.l2: must be a number of at least 0, got -1.0")
        .hasMessageContaining("Invalid training.optimizer.learningRate: must be a number above 0")
        .hasMessageContaining("Invalid training.optimizer.beta: is not a parameter of adam")
        .hasMessageContaining("Invalid training.schedule.everySteps: must be given, got nothing");
  }

  @Test
  void saysWhichLayerCannotTakeItsInput() {
    assertThatThrownBy(() -> build(named("lenet", Map.of()), Shape.of(64)))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "Invalid model.name lenet, layer 0: needs IMAGE [channels, height, width] but gets"
                + " VECTOR [64], got conv2d");
    assertThatThrownBy(() -> build(named("lenet", Map.of()), Shape.of(1, 8, 8)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(
            "Invalid model.name lenet, layer 2: conv2d cannot take [20, 2, 2], its kernel");
  }

  @Test
  void buildsLenetWithDropoutOnItsDenseLayerAlone() {
    Network network = build(named("lenet", Map.of("dropout", 0.5)), Shape.of(1, 28, 28));

    assertThat(network.configurationJson()).containsOnlyOnce("conf.layers.DropoutLayer");
    assertThat(network.parameters().length())
        .isEqualTo(1 * 20 * 25 + 20 + 20 * 50 * 25 + 50 + 800 * 500 + 500 + 500 * 3 + 3);
  }

  @Test
  void takesTheLossOfTheTask() {
    NetworkSpec spec = named("logistic", Map.of());

    assertThat(build(spec, Shape.of(4)).configurationJson())
        .contains("LossMCXENT")
        .contains("ActivationSoftmax");
    assertThat(
            Networks.build(spec, DataShape.of(Shape.of(4), Shape.of(1), Task.REGRESSION))
                .configurationJson())
        .contains("LossMSE")
        .contains("ActivationIdentity");
  }

  @ParameterizedTest
  @ValueSource(strings = {"crossEntropy", "negativeLogLikelihood", "klDivergence"})
  void sharesOfOneOutputAreRefused(String loss) {
    NetworkSpec spec = SampleNetworks.withLoss(named("logistic", Map.of()), loss);
    DataShape one = DataShape.of(Shape.of(4), Shape.of(1), Task.REGRESSION);
    assertThatThrownBy(() -> Networks.build(spec, one))
        .isInstanceOf(ConfigException.class)
        .hasMessage("Invalid model.loss: needs at least 2 outputs, has 1, got " + loss);
  }

  /**
   * The network of the course that tells a woman from a man: weights of 1, biases of 0, and the row
   * (-2, -1) of a woman. By hand: h = sigmoid(-3) = 0.0474, y = sigmoid(2 h) = 0.5237, so the slope
   * by the first weight is 2 (y - 1) y (1 - y) h (1 - h) (-2) = 0.02147.
   */
  @Test
  void theFirstGradientOfTheCourseIsThatByHand() {
    NetworkSpec course =
        sigmoidOutput(Optional.of("mse"), Map.of("hidden", List.of(2), "activation", "sigmoid"));
    Network network =
        Networks.build(course, DataShape.of(Shape.of(2), Shape.of(1), Task.REGRESSION));
    INDArray row = Nd4j.createFromArray(new float[][] {{-2, -1}});
    INDArray woman = Nd4j.createFromArray(new float[][] {{1}});

    network.computeGradient(MiniBatch.of(row, woman), 1);

    assertThat(network.gradient().getDouble(0)).isCloseTo(0.02147, within(5e-6));
    assertThat(network.loss(MiniBatch.of(row, woman))).isCloseTo(0.2269, within(5e-5));
  }

  @Test
  void aLossOfProbabilitiesHasItsOwnOutputActivation() {
    NetworkSpec spec =
        new NetworkSpec(
            new NetworkSpec.Named("logistic", Map.of()),
            Optional.empty(),
            Optional.of("tanh"),
            "xavier",
            new LayerDefaults("relu", 0),
            NetworkSpec.Penalties.NONE,
            SampleNetworks.spec(new NetworkSpec.Named("logistic", Map.of())).updates(),
            1);
    assertThatThrownBy(() -> build(spec, Shape.of(4)))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "Invalid model.outputActivation: must be left out with the loss crossEntropy, which has its"
                + " own, got tanh");
    NetworkSpec margin = sigmoidOutput(Optional.of("logistic"), Map.of());
    assertThat(build(margin, Shape.of(4)).configurationJson())
        .contains("LogisticLoss")
        .contains("ActivationSigmoid");
  }

  private static NetworkSpec sigmoidOutput(Optional<String> loss, Map<String, Object> parameters) {
    NetworkSpec plain = named(parameters.isEmpty() ? "logistic" : "mlp", parameters);
    return new NetworkSpec(
        plain.source(),
        loss,
        Optional.of("sigmoid"),
        "one",
        plain.defaults(),
        plain.penalties(),
        plain.updates(),
        1);
  }

  private static NetworkSpec named(String name, Map<String, Object> parameters) {
    return SampleNetworks.spec(new NetworkSpec.Named(name, parameters));
  }

  private static Network build(NetworkSpec spec, Shape input) {
    return Networks.build(spec, DataShape.of(input, Shape.of(3), Task.CLASSIFICATION));
  }
}
