package io.evenstep.model.catalog.layer;

import io.evenstep.model.Problem;
import io.evenstep.model.catalog.Arguments;
import io.evenstep.model.catalog.Catalogue;
import io.evenstep.model.catalog.Entry;
import io.evenstep.model.catalog.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.deeplearning4j.nn.conf.layers.Layer;

/**
 * The types of layer that a list of layers can hold. The output layer is added automatically. Only
 * layers whose gradient passes the finite-difference check are here: DL4J's self-attention does not
 * pass, and its local response normalisation fails outright.
 */
public final class LayerTypes {
  private static final Catalogue<LayerType> ALL = all();

  private LayerTypes() {}

  private static Catalogue<LayerType> all() {
    Catalogue<LayerType> all = new Catalogue<>();
    PlainLayers.addTo(all);
    ImageLayers.addTo(all);
    SequenceLayers.addTo(all);
    TransformerLayers.addTo(all);
    CellLayers.addTo(all);
    return all;
  }

  /** All names. */
  public static List<String> names() {
    return ALL.names();
  }

  /** All entries, for the reference page. */
  public static List<Entry> entries() {
    return ALL.entries();
  }

  /** The parameters of a type; the name must be known. */
  public static List<Parameter> parameters(String name) {
    return ALL.entry(name).parameters();
  }

  /** The kinds of input that a type takes; the name must be known. */
  public static Set<LayerInput> accepts(String name) {
    return Set.copyOf(ALL.maker(name).accepts());
  }

  /**
   * What is wrong with a layer as a job file writes it.
   *
   * @param key its key, such as {@code model.layers[2]}
   * @param layer its {@code type}, parameters and {@link LayerWiring}
   * @return empty when nothing is wrong
   */
  public static List<Problem> check(String key, Map<String, ?> layer) {
    List<Problem> problems = new ArrayList<>();
    String type = type(layer);
    ALL.check(key + ".type", type).ifPresent(problems::add);
    if (ALL.has(type)) {
      Arguments.read(ALL.entry(type), parameters(layer), key, problems);
    }
    problems.addAll(LayerWiring.check(key, layer));
    return List.copyOf(problems);
  }

  /** DL4J's layers for it, in order; it must have passed {@link #check}. */
  public static List<Layer> create(Map<String, ?> layer, LayerDefaults defaults) {
    String type = type(layer);
    Arguments arguments =
        Arguments.read(ALL.entry(type), parameters(layer), "layer", new ArrayList<>());
    return ALL.maker(type).maker().make(arguments, defaults);
  }

  /** The layer's type; an empty text when it has none. */
  public static String type(Map<String, ?> layer) {
    return Optional.<Object>ofNullable(layer.get("type")).map(String::valueOf).orElse("");
  }

  private static Map<String, Object> parameters(Map<String, ?> layer) {
    Map<String, Object> parameters = new java.util.LinkedHashMap<>(layer);
    parameters.remove("type");
    parameters.keySet().removeAll(LayerWiring.NAMES);
    return parameters;
  }
}
