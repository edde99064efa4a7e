package io.evenstep.driver.config.key;

import io.evenstep.driver.config.value.Key;
import io.evenstep.driver.config.value.LayersType;
import io.evenstep.driver.config.value.ListType;
import io.evenstep.driver.config.value.ScalarType;
import io.evenstep.driver.config.value.ValueRule;
import io.evenstep.model.catalog.Activations;
import io.evenstep.model.catalog.Losses;
import io.evenstep.model.catalog.WeightInits;
import io.evenstep.model.catalog.layer.Models;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The keys under {@code model}: where the network comes from. */
public final class ModelKeys {
  private ModelKeys() {}

  private static final ScalarType<String> ACTIVATIONS =
      ScalarType.name(
          Activations.names(),
          "leakyRelu with a slope, as in leakyRelu(0.1)",
          name -> Activations.check("", name).isEmpty());

  private static final ScalarType<String> LOSSES =
      ScalarType.name(
          Losses.names(),
          "quantile with a number between 0 and 1, as in quantile(0.9)",
          name -> Losses.check("", name).isEmpty());

  private static final ScalarType<String> INITS =
      ScalarType.name(
          WeightInits.names(),
          "normal with a deviation, as in normal(0.01)",
          name -> WeightInits.check("", name).isEmpty());

  public static final Key<String> NAME =
      Key.of("model.name", ScalarType.name(Models.names()), "One of the built-in networks.");

  /** Parameters of {@code model.name}, except those that every kind of network has. */
  public static final List<Key<?>> PARAMETERS =
      ParameterKeys.of("model", Models.entries(), Set.of("activation", "dropout"));

  public static final Key<List<Map<String, Object>>> LAYERS =
      Key.of(
          "model.layers",
          LayersType.LAYERS,
          "The network layer by layer; each layer is a map with `type` and parameters.");

  public static final Key<String> JSON =
      Key.of("model.json", ScalarType.TEXT, "File with a DL4J configuration in JSON.")
          .where(ValueRule.notBlank());

  public static final Key<String> ZIP =
      Key.of(
              "model.zip",
              ScalarType.TEXT,
              "Network to continue training, saved by DL4J or by an earlier run.")
          .where(ValueRule.notBlank());

  public static final Key<String> KERAS =
      Key.of("model.keras", ScalarType.TEXT, "Keras model in HDF5 to continue training.")
          .where(ValueRule.notBlank());

  /** Must be set again for each command, because a run's folder must not allow itself classes. */
  public static final Key<List<String>> ALLOW =
      Key.of(
              "model.allow",
              ListType.TEXTS,
              "Your own packages or classes that the configuration of `model.json` or `model.zip`"
                  + " may name; not saved in the run's folder.")
          .where(
              ValueRule.each(
                  ValueRule.pattern(
                      "[A-Za-z_]\\w*(\\.[\\w$]+)+",
                      "must be a class or package with at least one dot in its name")))
          .otherwise("only DL4J's and Evenstep's own classes")
          .ofTheCourse();

  public static final Key<String> LOSS =
      Key.of("model.loss", LOSSES, "The loss function that training minimizes.")
          .otherwise("crossEntropy for classes, mse for numbers");

  public static final Key<String> OUTPUT_ACTIVATION =
      Key.of(
              "model.outputActivation",
              ACTIVATIONS,
              "Activation of the output layer, for losses that do not fix it.")
          .otherwise("the one that goes with the loss");

  public static final Key<String> INIT =
      Key.of("model.init", INITS, "Initialization of the weights.").byDefault("xavier");

  public static final Key<String> ACTIVATION =
      Key.of("model.activation", ACTIVATIONS, "Activation of hidden layers that do not name one.")
          .byDefault("relu");

  public static final Key<Double> DROPOUT =
      Key.of(
              "model.dropout",
              ScalarType.NUMBER,
              "Probability of dropping a hidden unit, for layers that do not set one.")
          .where(ValueRule.<Double>within(0, 1))
          .byDefault(0.0);

  public static final Key<List<String>> FREEZE =
      Key.of(
              "model.freeze",
              ListType.TEXTS,
              "Layers that keep their weights, by their names in the table of `plan`; `hidden` for"
                  + " all layers but the output.")
          .where(ValueRule.someTexts());

  public static final Key<Boolean> REPLACE_HEAD =
      Key.of(
              "model.replaceHead",
              ScalarType.FLAG,
              "With `model.zip` only: whether a new output layer, for this job's labels, takes the"
                  + " place of the saved one.")
          .byDefault(false);

  /** A job sets exactly one of these keys. */
  public static final List<Key<?>> SOURCES = List.of(NAME, LAYERS, JSON, ZIP, KERAS);

  static final List<Key<?>> ALL =
      Key.joined(
          List.of(NAME),
          PARAMETERS,
          List.of(
              LAYERS,
              JSON,
              ZIP,
              KERAS,
              ALLOW,
              LOSS,
              OUTPUT_ACTIVATION,
              INIT,
              ACTIVATION,
              DROPOUT,
              FREEZE,
              REPLACE_HEAD));
}
