package io.evenstep.model.catalog;

import io.evenstep.model.Problem;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.activations.Activation;

/** Activation functions by name. */
public final class Activations {
  private static final Catalogue<Activation> ALL =
      new Catalogue<Activation>()
          .add(Entry.of("relu", "max(0, x)"), Activation.RELU)
          .add(Entry.of("tanh", "hyperbolic tangent"), Activation.TANH)
          .add(Entry.of("sigmoid", "1 / (1 + exp(-x))"), Activation.SIGMOID)
          .add(Entry.of("softmax", "shares that add up to 1"), Activation.SOFTMAX)
          .add(Entry.of("identity", "x"), Activation.IDENTITY)
          .add(Entry.of("gelu", "Gaussian error linear unit"), Activation.GELU)
          .add(Entry.of("elu", "exponential linear unit"), Activation.ELU)
          .add(Entry.of("selu", "scaled exponential linear unit"), Activation.SELU)
          .add(Entry.of("leakyRelu", "max(0.01 x, x)"), Activation.LEAKYRELU)
          .add(Entry.of("relu6", "min(6, max(0, x))"), Activation.RELU6)
          .add(Entry.of("randomRelu", "leaky with a random slope"), Activation.RRELU)
          .add(Entry.of("thresholdedRelu", "x above 1, else 0"), Activation.THRESHOLDEDRELU)
          .add(Entry.of("softplus", "log(1 + exp(x))"), Activation.SOFTPLUS)
          .add(Entry.of("softsign", "x / (1 + |x|)"), Activation.SOFTSIGN)
          .add(Entry.of("swish", "x sigmoid(x)"), Activation.SWISH)
          .add(Entry.of("mish", "x tanh(softplus(x))"), Activation.MISH)
          .add(Entry.of("hardSigmoid", "piecewise linear sigmoid"), Activation.HARDSIGMOID)
          .add(Entry.of("hardTanh", "x held between -1 and 1"), Activation.HARDTANH)
          .add(Entry.of("rationalTanh", "rational approximation of tanh"), Activation.RATIONALTANH)
          .add(Entry.of("rectifiedTanh", "max(0, tanh(x))"), Activation.RECTIFIEDTANH)
          .add(Entry.of("cube", "x to the third"), Activation.CUBE);

  private Activations() {}

  /** All names. */
  public static List<String> names() {
    return ALL.names();
  }

  /** All of them, for the reference page. */
  public static List<Entry> entries() {
    return ALL.entries();
  }

  /** What is wrong with a name found under {@code key}; empty when it is known. */
  public static Optional<Problem> check(String key, String name) {
    return ALL.check(key, name);
  }

  /** DL4J's own; the name must be known. */
  public static Activation create(String name) {
    return ALL.maker(name);
  }
}
