package io.evenstep.driver.config;

import java.util.List;
import java.util.Map;

/** The keys under {@code model}: where the network comes from. */
final class ModelKeys {
  private ModelKeys() {}

  static final Key<String> NAME =
      Key.of("model.name", ScalarType.name(Names.MODELS), "One of our own networks.");

  static final Key<List<Integer>> HIDDEN =
      Key.of("model.hidden", ListType.INTEGERS, "`mlp` only: units of each hidden layer.")
          .where(Rule.each(Rule.atLeast(1)))
          .byDefault(List.of(128));

  static final Key<List<Map<String, Object>>> LAYERS =
      Key.of(
          "model.layers",
          LayersType.LAYERS,
          "The network layer by layer, each a map of `type` and parameters.");

  static final Key<String> JSON =
      Key.of("model.json", ScalarType.TEXT, "File with a DL4J configuration in JSON.")
          .where(Rule.notBlank());

  static final Key<String> ZIP =
      Key.of(
              "model.zip",
              ScalarType.TEXT,
              "Network saved by DL4J, or by a run before, to go on from.")
          .where(Rule.notBlank());

  static final Key<String> KERAS =
      Key.of("model.keras", ScalarType.TEXT, "Keras model in HDF5 to go on from.")
          .where(Rule.notBlank());

  static final Key<String> LOSS =
      Key.of("model.loss", ScalarType.name(Names.LOSSES), "What training makes small.")
          .otherwise("cross-entropy for classes, mse for numbers");

  static final Key<String> INIT =
      Key.of("model.init", ScalarType.name(Names.INITS), "How the first weights are drawn.")
          .byDefault("xavier");

  static final Key<String> ACTIVATION =
      Key.of(
              "model.activation",
              ScalarType.name(Names.ACTIVATIONS),
              "Activation of hidden layers that name none.")
          .byDefault("relu");

  static final Key<Double> DROPOUT =
      Key.of(
              "model.dropout",
              ScalarType.NUMBER,
              "Probability of dropping a hidden unit where a layer names none.")
          .where(Rule.<Double>within(0, 1))
          .byDefault(0.0);

  /** The keys of which a job gives exactly one. */
  static final List<Key<?>> SOURCES = List.of(NAME, LAYERS, JSON, ZIP, KERAS);

  static final List<Key<?>> ALL =
      List.of(NAME, HIDDEN, LAYERS, JSON, ZIP, KERAS, LOSS, INIT, ACTIVATION, DROPOUT);
}
