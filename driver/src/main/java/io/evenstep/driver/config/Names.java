package io.evenstep.driver.config;

import java.util.List;
import java.util.Map;

/** The names a job file may choose from, where they are not an enum's constants. */
final class Names {
  private Names() {}

  static final List<String> MODELS = List.of("logistic", "mlp", "lenet");

  /** Each optimizer with the parameters it has besides the learning rate. */
  static final Map<String, List<String>> OPTIMIZERS =
      Map.of(
          "sgd", List.of(),
          "momentum", List.of("momentum"),
          "nesterov", List.of("momentum"),
          "adam", List.of("beta1", "beta2", "epsilon"),
          "adamax", List.of("beta1", "beta2", "epsilon"),
          "nadam", List.of("beta1", "beta2", "epsilon"),
          "amsgrad", List.of("beta1", "beta2", "epsilon"),
          "adagrad", List.of("epsilon"),
          "adadelta", List.of("rho", "epsilon"),
          "rmsprop", List.of("rho", "epsilon"));

  /** Each schedule with its parameters. */
  static final Map<String, List<String>> SCHEDULES =
      Map.of(
          "constant", List.of(),
          "step", List.of("gamma", "everySteps"),
          "exponential", List.of("gamma"),
          "polynomial", List.of("power", "minimum"),
          "inverse", List.of("gamma", "power"),
          "cosine", List.of("minimum"));

  static final List<String> LOSSES =
      List.of("cross-entropy", "binary-cross-entropy", "mse", "mae", "hinge", "poisson");

  static final List<String> ACTIVATIONS =
      List.of(
          "identity",
          "relu",
          "leaky-relu",
          "elu",
          "selu",
          "gelu",
          "swish",
          "tanh",
          "sigmoid",
          "softplus",
          "softmax");

  static final List<String> INITS =
      List.of("xavier", "xavier-uniform", "relu", "relu-uniform", "lecun", "normal", "zero");

  static final List<String> LAYERS =
      List.of(
          "dense",
          "conv2d",
          "maxpool2d",
          "avgpool2d",
          "batch-norm",
          "dropout",
          "activation",
          "flatten",
          "embedding",
          "lstm",
          "global-pool",
          "output");

  /** Every metric an evaluation may give, written {@code test.accuracy} or the like. */
  static final List<String> METRICS =
      List.of(
          "loss", "accuracy", "precision", "recall", "f1", "auc", "logLoss", "mse", "mae", "r2");
}
