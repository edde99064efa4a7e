package io.evenstep.driver.config.key;

import io.evenstep.driver.config.value.Key;
import io.evenstep.driver.config.value.Node;
import io.evenstep.driver.config.value.ParameterType;
import io.evenstep.driver.config.value.Problems;
import io.evenstep.driver.config.value.ScalarType;
import io.evenstep.driver.config.value.ValueType;
import io.evenstep.model.Problem;
import io.evenstep.model.catalog.Rule;
import java.util.List;
import java.util.Optional;

/**
 * Public facts about a key of the job file, for offering the same setting in another form.
 *
 * @param name dotted, such as {@code training.batch}
 * @param kind Java type of a value
 * @param doc one sentence, then the valid values and the default
 * @param standard the default as a Java value; empty if there is none of {@code kind}
 */
public record KeyFacts(String name, Kind kind, String doc, Optional<Object> standard) {
  /** Java type of a value; {@code TEXT} includes lists and maps as written in the job file. */
  public enum Kind {
    NUMBER,
    INTEGER,
    LONG,
    FLAG,
    INTEGERS,
    TEXT
  }

  /** The facts of every key, in the order of the reference page. */
  public static List<KeyFacts> all() {
    return KeyCatalogue.KEYS.stream().<KeyFacts>map(KeyFacts::of).toList();
  }

  /**
   * Checks a single value against the key's type and rules.
   *
   * @param text in the form of {@code --set}
   * @return the first problem
   */
  public static Optional<Problem> check(String name, String text) {
    Key<?> key = KeyCatalogue.find(name).orElseThrow();
    Problems problems = new Problems();
    Node node = key.type().parse(name, text, problems);
    if (problems.isEmpty()) {
      var unused = key.read(node, problems);
    }
    return problems.first();
  }

  private static KeyFacts of(Key<?> key) {
    Kind kind = kind(key.type());
    String unset = key.standard().map(Printable::text).orElse(key.unset());
    return new KeyFacts(
        key.name(),
        kind,
        key.doc() + " Must be " + key.words() + ". In the job file: " + key.name() + "; " + unset,
        key.standard().map(value -> standard(kind, value)).filter(value -> !value.equals("")));
  }

  private static Object standard(Kind kind, Object value) {
    if (kind == Kind.TEXT) {
      return Printable.plain(value) instanceof String text ? text : "";
    }
    return value;
  }

  private static Kind kind(ValueType<?> type) {
    if (type.equals(ScalarType.NUMBER)) {
      return Kind.NUMBER;
    } else if (type.equals(ScalarType.INTEGER)) {
      return Kind.INTEGER;
    } else if (type.equals(ScalarType.LONG)) {
      return Kind.LONG;
    } else if (type.equals(ScalarType.FLAG)) {
      return Kind.FLAG;
    }
    return type instanceof ParameterType of ? kind(of.parameter().rule()) : Kind.TEXT;
  }

  private static Kind kind(Rule rule) {
    return switch (rule) {
      case COUNT -> Kind.INTEGER;
      case COUNTS -> Kind.INTEGERS;
      case ABOVE_ZERO, AT_LEAST_ZERO, FRACTION, PROBABILITY, INSIDE_UNIT -> Kind.NUMBER;
      case FLAG -> Kind.FLAG;
      case SIZE, MARGIN, NUMBERS, NAME, NAMES, CHOICE -> Kind.TEXT;
    };
  }
}
