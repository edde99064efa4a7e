package io.evenstep.model.catalog;

import io.evenstep.model.Problem;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationLReLU;

/** Activation functions by name. */
public final class Activations {
  private static final Catalogue<Supplier<IActivation>> ALL =
      new Catalogue<Supplier<IActivation>>()
          .add(Entry.of("relu", "max(0, x)"), Activation.RELU::getActivationFunction)
          .add(Entry.of("tanh", "hyperbolic tangent"), Activation.TANH::getActivationFunction)
          .add(Entry.of("sigmoid", "1 / (1 + exp(-x))"), Activation.SIGMOID::getActivationFunction)
          .add(
              Entry.of("softmax", "shares that add up to 1"),
              Activation.SOFTMAX::getActivationFunction)
          .add(Entry.of("identity", "x"), Activation.IDENTITY::getActivationFunction)
          .add(
              Entry.of("gelu", "Gaussian error linear unit"),
              Activation.GELU::getActivationFunction)
          .add(Entry.of("elu", "exponential linear unit"), Activation.ELU::getActivationFunction)
          .add(
              Entry.of("selu", "scaled exponential linear unit"),
              Activation.SELU::getActivationFunction)
          .add(
              Entry.of("leakyRelu", "max(0.01 x, x); leakyRelu(0.1) has the slope 0.1 below 0"),
              Activation.LEAKYRELU::getActivationFunction)
          .add(Entry.of("relu6", "min(6, max(0, x))"), Activation.RELU6::getActivationFunction)
          .add(
              Entry.of("randomRelu", "leaky with a random slope"),
              () -> new RandomRelu(RandomRelu.LOW, RandomRelu.HIGH))
          .add(
              Entry.of("thresholdedRelu", "x above 1, else 0"),
              Activation.THRESHOLDEDRELU::getActivationFunction)
          .add(Entry.of("softplus", "log(1 + exp(x))"), Activation.SOFTPLUS::getActivationFunction)
          .add(Entry.of("softsign", "x / (1 + |x|)"), Activation.SOFTSIGN::getActivationFunction)
          .add(Entry.of("swish", "x sigmoid(x)"), Activation.SWISH::getActivationFunction)
          .add(Entry.of("mish", "x tanh(softplus(x))"), Activation.MISH::getActivationFunction)
          .add(
              Entry.of("hardSigmoid", "piecewise linear sigmoid"),
              Activation.HARDSIGMOID::getActivationFunction)
          .add(
              Entry.of("hardTanh", "x clipped to -1 to 1"),
              Activation.HARDTANH::getActivationFunction)
          .add(
              Entry.of("rationalTanh", "rational approximation of tanh"),
              Activation.RATIONALTANH::getActivationFunction)
          .add(
              Entry.of("rectifiedTanh", "max(0, tanh(x))"),
              Activation.RECTIFIEDTANH::getActivationFunction)
          .add(Entry.of("cube", "x cubed"), Activation.CUBE::getActivationFunction)
          .add(
              Entry.of("step", "1 from 0 on, else 0; derivative 0, so nothing before it learns"),
              StepActivation::new);

  private static final NumberedCatalogue<IActivation> NUMBERED =
      new NumberedCatalogue<IActivation>().add("leakyRelu", Rule.FRACTION, ActivationLReLU::new);

  private Activations() {}

  /** All names. */
  public static List<String> names() {
    return ALL.names();
  }

  /** All entries, for the reference page. */
  public static List<Entry> entries() {
    return ALL.entries();
  }

  /** What is wrong with a name found under {@code key}; empty when it is known. */
  public static Optional<Problem> check(String key, String name) {
    return NUMBERED.check(key, name, ALL);
  }

  /** DL4J's activation, or ours where DL4J has none that works. The name must be known. */
  public static IActivation create(String name) {
    return NUMBERED.create(name).orElseGet(() -> ALL.maker(name).get());
  }

  /** Whether each output lies between 0 and 1, as a probability does. */
  public static boolean givesProbabilities(String name) {
    return name.equals("softmax") || name.equals("sigmoid");
  }
}
