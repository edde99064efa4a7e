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
 * Where a layer stands in a network that is no plain row of layers.
 *
 * @param id by which others may take its result; empty for none
 * @param from inputs and layers whose results it takes; empty for the layer before
 * @param combine how several become one
 * @param output the network's output that sits on its result; empty for none by name
 */
public record LayerWiring(
    Optional<String> id, List<String> from, Combine combine, Optional<String> output) {
  private static final Entry PARTS =
      Entry.of(
          "wiring",
          "where a layer stands",
          Parameter.optional("id", Rule.NAME, "name by which other layers take its result"),
          Parameter.optional(
              "from",
              Rule.NAMES,
              "inputs or earlier layers whose results it takes; left out: the layer before"),
          Parameter.choice(
              "combine",
              Combine.NAMES,
              "concatenate",
              "how several results become one: side by side, or number by number"),
          Parameter.optional(
              "output", Rule.NAME, "the output of the data that sits on its result"));

  /** The words that a layer of a job file may hold beside its own parameters. */
  static final List<String> NAMES = PARTS.parameters().stream().map(Parameter::name).toList();

  /** Copies the list. */
  public LayerWiring {
    from = List.copyOf(from);
  }

  /** How several results become one. */
  public enum Combine {
    /** Side by side: features of vectors and sequences, channels of images. */
    CONCATENATE,
    /** Number by number; a residual connection, He et al. 2016, is one. */
    ADD,
    /** The mean, number by number. */
    AVERAGE,
    /** The product, number by number. */
    MULTIPLY,
    /** The largest, number by number. */
    MAX;

    private static final List<String> NAMES =
        List.of("concatenate", "add", "average", "multiply", "max");
  }

  /** What a layer may say of its place, for the reference page. */
  public static List<Parameter> parameters() {
    return PARTS.parameters();
  }

  /**
   * What is wrong with what a layer of a job file says of its place, by itself.
   *
   * @param key where it says it, such as {@code model.layers[2]}
   */
  static List<Problem> check(String key, Map<String, ?> layer) {
    List<Problem> problems = new ArrayList<>();
    Arguments.read(PARTS, own(layer), key, problems);
    return problems;
  }

  /** What a layer that has passed {@link LayerTypes#check} says of its place. */
  public static LayerWiring of(Map<String, ?> layer) {
    Arguments said = Arguments.read(PARTS, own(layer), "layer", new ArrayList<>());
    return new LayerWiring(
        said.has("id") ? Optional.of(said.text("id")) : Optional.empty(),
        said.has("from") ? said.texts("from") : List.of(),
        Combine.valueOf(said.text("combine").toUpperCase(Locale.ROOT)),
        said.has("output") ? Optional.of(said.text("output")) : Optional.empty());
  }

  /** Whether a layer says anything of its place. */
  public static boolean isIn(Map<String, ?> layer) {
    return NAMES.stream().anyMatch(layer::containsKey);
  }

  private static Map<String, Object> own(Map<String, ?> layer) {
    Map<String, Object> own = new LinkedHashMap<>(layer);
    own.keySet().retainAll(NAMES);
    return own;
  }
}
