package io.evenstep.model.network.trust;

import io.evenstep.model.ConfigException;
import java.io.Serializable;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The classes that a DL4J configuration may name. DL4J's JSON names the classes to create, so a
 * file from elsewhere could ask for anything on the class path. Only DL4J's configuration types,
 * ours, and those that the job allows are created.
 *
 * @param more packages or classes that the job allows in addition, such as {@code com.acme.layers}
 */
public record AllowedTypes(List<String> more) implements Serializable {
  /** Only DL4J's and ours. */
  public static final AllowedTypes BUILT_IN = new AllowedTypes(List.of());

  /** The key of a job file that allows more. */
  static final String KEY = "model.allow";

  private static final List<String> PACKAGES =
      List.of(
          "org.deeplearning4j.nn.conf",
          "org.deeplearning4j.nn.weights",
          "org.nd4j.linalg.activations",
          "org.nd4j.linalg.learning",
          "org.nd4j.linalg.lossfunctions",
          "org.nd4j.linalg.schedule",
          "io.evenstep.model.catalog",
          "io.evenstep.model.layer",
          "io.evenstep.model.loss",
          "io.evenstep.model.network",
          "io.evenstep.model.optimizer");

  private static final Pattern PLAIN_NAME = Pattern.compile("[\\w$]+(\\.[\\w$]+)+");

  /** Copies the list. */
  public AllowedTypes {
    more = List.copyOf(more);
  }

  /**
   * All classes that a configuration names. For a configuration written from objects of this
   * process, to be read by its workers.
   */
  public static AllowedTypes namedIn(String json) {
    TreeSet<String> names = new TreeSet<>();
    TypeNames.walk(json, "of a network in memory", names::add);
    return new AllowedTypes(List.copyOf(names));
  }

  /** Whether a class of this name may be loaded. */
  boolean allows(String type) {
    return PLAIN_NAME.matcher(type).matches()
        && Stream.concat(PACKAGES.stream(), more.stream()).anyMatch(each -> covers(each, type));
  }

  /**
   * Refuses a class before it is loaded.
   *
   * @param file where the name was found, for the message
   * @throws ConfigException naming file, class and the key that would allow it
   */
  void require(String type, String file) {
    if (!allows(type)) {
      throw new ConfigException(
          "Cannot read the DL4J configuration "
              + file
              + ": must name only types of DL4J and Evenstep, got "
              + type
              + "; if you trust that class, allow it or its package with "
              + KEY);
    }
  }

  private static boolean covers(String allowed, String type) {
    return type.startsWith(allowed)
        && (type.length() == allowed.length() || ".$".indexOf(type.charAt(allowed.length())) >= 0);
  }
}
