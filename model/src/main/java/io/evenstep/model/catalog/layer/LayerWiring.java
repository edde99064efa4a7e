package io.evenstep.model.catalog.layer;

import io.evenstep.model.Problem;
import io.evenstep.model.catalog.Arguments;
import io.evenstep.model.catalog.Entry;
import io.evenstep.model.catalog.Parameter;
import io.evenstep.model.catalog.Rule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How a layer is connected in a network that is not a plain list of layers.
 *
 * @param id name by which other layers can take its result; empty for none
 * @param from inputs and layers whose results it takes; empty for the previous layer
 * @param combine how several results become one
 * @param output name of the network's output that takes its result; empty for none
 */
public record LayerWiring(
    Optional<String> id, List<String> from, Combine combine, Optional<String> output) {
  private static final Entry PARTS =
      Entry.of(
          "wiring",
          "how a layer is connected",
          Parameter.optional("id", Rule.NAME, "name by which other layers take its result"),
          Parameter.optional(
              "from",
              Rule.NAMES,
              "inputs or earlier layers whose results it takes; left out: the previous layer"),
          Parameter.choice(
              "combine",
              Combine.NAMES,
              "concatenate",
              "how several results become one: side by side, or element by element"),
          Parameter.optional("output", Rule.NAME, "name of the output that takes its result"));

  /** The keys that a layer of a job file may hold besides its parameters. */
  static final List<String> NAMES = PARTS.parameters().stream().map(Parameter::name).toList();

  /** Copies the list. */
  public LayerWiring {
    from = List.copyOf(from);
  }

  /** How several results become one. */
  public enum Combine {
    /** Side by side: features of vectors and sequences, channels of images. */
    CONCATENATE,
    /** The sum, element by element, as in a residual connection (He et al. 2016). */
    ADD,
    /** The mean, element by element. */
    AVERAGE,
    /** The product, element by element. */
    MULTIPLY,
    /** The maximum, element by element. */
    MAX;

    private static final List<String> NAMES =
        List.of("concatenate", "add", "average", "multiply", "max");
  }

  /** The keys of a layer's connections, for the reference page. */
  public static List<Parameter> parameters() {
    return PARTS.parameters();
  }

  /**
   * What is wrong with the connections of a layer of a job file, checked by itself.
   *
   * @param key its key, such as {@code model.layers[2]}
   */
  static List<Problem> check(String key, Map<String, ?> layer) {
    List<Problem> problems = new ArrayList<>();
    Arguments.read(PARTS, own(layer), key, problems);
    return problems;
  }

  /** The connections of a layer that has passed {@link LayerTypes#check}. */
  public static LayerWiring of(Map<String, ?> layer) {
    Arguments said = Arguments.read(PARTS, own(layer), "layer", new ArrayList<>());
    return new LayerWiring(
        said.has("id") ? Optional.of(said.text("id")) : Optional.empty(),
        said.has("from") ? said.texts("from") : List.of(),
        Combine.valueOf(said.text("combine").toUpperCase(Locale.ROOT)),
        said.has("output") ? Optional.of(said.text("output")) : Optional.empty());
  }

  /** Whether a layer has any of these keys. */
  public static boolean isIn(Map<String, ?> layer) {
    return NAMES.stream().anyMatch(layer::containsKey);
  }

  private static Map<String, Object> own(Map<String, ?> layer) {
    Map<String, Object> own = new LinkedHashMap<>(layer);
    own.keySet().retainAll(NAMES);
    return own;
  }
}
