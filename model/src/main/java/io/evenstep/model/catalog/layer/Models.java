package io.evenstep.model.catalog.layer;

import io.evenstep.model.Problem;
import io.evenstep.model.catalog.Arguments;
import io.evenstep.model.catalog.Catalogue;
import io.evenstep.model.catalog.Entry;
import io.evenstep.model.catalog.Parameter;
import io.evenstep.model.catalog.Rule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Networks by name. Each stands for a list of layers. */
public final class Models {
  /** The parameter of a language model that ties its output layer to its embedding. */
  public static final String TIE = "tie";

  private static final Parameter ACTIVATION = LayerType.ACTIVATION;
  private static final Parameter DROPOUT =
      Parameter.optional(
          "dropout", Rule.FRACTION, "after each dense layer; left out: model.dropout");
  private static final Parameter WEIGHTS =
      Parameter.optional(
          "weights",
          Rule.NUMBERS,
          "all parameters to start with: for each layer the weights of each unit, then the biases");

  private static final Catalogue<Function<Arguments, List<Map<String, Object>>>> ALL =
      new Catalogue<Function<Arguments, List<Map<String, Object>>>>()
          .add(Entry.of("logistic", "the output layer only", WEIGHTS), a -> List.of())
          .add(
              Entry.of(
                  "mlp",
                  "dense layers",
                  Parameter.of("hidden", Rule.COUNTS, List.of(128), "units of each hidden layer"),
                  ACTIVATION,
                  DROPOUT,
                  WEIGHTS),
              Models::mlp)
          .add(
              Entry.of(
                  "lenet",
                  "two convolutions with pooling and a dense layer, LeCun and others 1998",
                  Parameter.of("filters", Rule.COUNTS, List.of(20, 50), "of each convolution"),
                  Parameter.of("kernel", Rule.SIZE, List.of(5, 5), "of the convolutions"),
                  Parameter.of("units", Rule.COUNT, 500, "of the dense layer"),
                  ACTIVATION,
                  DROPOUT),
              Models::lenet);

  static {
    ImageModels.addTo(ALL);
    TransformerModels.addTo(ALL);
    LocalModels.addTo(ALL);
  }

  private Models() {}

  /** All names. */
  public static List<String> names() {
    return ALL.names();
  }

  /** All entries, for the reference page. */
  public static List<Entry> entries() {
    return ALL.entries();
  }

  /** The parameters of a network; the name must be known. */
  public static List<Parameter> parameters(String name) {
    return ALL.entry(name).parameters();
  }

  /**
   * What is wrong with a named network.
   *
   * @param key its key in the job file, such as {@code model}
   * @return empty when nothing is wrong
   */
  public static List<Problem> check(String key, String name, Map<String, ?> parameters) {
    List<Problem> problems = new ArrayList<>();
    ALL.check(key + ".name", name).ifPresent(problems::add);
    if (ALL.has(name)) {
      Arguments read = Arguments.read(ALL.entry(name), parameters, key, problems);
      if (problems.isEmpty()) {
        problems.addAll(LocalModels.check(key, name, read));
      }
    }
    return List.copyOf(problems);
  }

  /**
   * The layers that it stands for; it must have passed {@link #check}. None for {@link
   * LocalModels}.
   */
  public static List<Map<String, Object>> layers(String name, Map<String, ?> parameters) {
    return ALL.maker(name)
        .apply(Arguments.read(ALL.entry(name), parameters, "model", new ArrayList<>()));
  }

  /** The parameters that the network starts with, in order; empty when they are drawn. */
  public static List<Double> weights(String name, Map<String, ?> parameters) {
    Arguments given = Arguments.read(ALL.entry(name), parameters, "model", new ArrayList<>());
    return given.has("weights") ? given.numbers("weights") : List.of();
  }

  private static List<Map<String, Object>> mlp(Arguments a) {
    List<Map<String, Object>> layers = new ArrayList<>();
    for (int units : a.sizes("hidden")) {
      layers.add(dense(units, a));
    }
    return layers;
  }

  private static List<Map<String, Object>> lenet(Arguments a) {
    List<Map<String, Object>> layers = new ArrayList<>();
    int[] kernel = a.sizes("kernel");
    for (int filters : a.sizes("filters")) {
      Map<String, Object> convolution = new LinkedHashMap<>();
      convolution.put("type", "conv2d");
      convolution.put("filters", filters);
      convolution.put("kernel", List.of(kernel[0], kernel[1]));
      convolution.put("dropout", 0.0);
      copyActivation(a, convolution);
      layers.add(convolution);
      layers.add(Map.of("type", "maxPool"));
    }
    layers.add(dense(a.whole("units"), a));
    return layers;
  }

  private static Map<String, Object> dense(int units, Arguments a) {
    Map<String, Object> layer = new LinkedHashMap<>();
    layer.put("type", "dense");
    layer.put("units", units);
    copyActivation(a, layer);
    if (a.has("dropout")) {
      layer.put("dropout", a.number("dropout"));
    }
    return layer;
  }

  private static void copyActivation(Arguments a, Map<String, Object> layer) {
    if (a.has("activation")) {
      layer.put("activation", a.text("activation"));
    }
  }
}
