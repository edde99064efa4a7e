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
 * What others may know of a key of the job file, to offer the same setting in another form.
 *
 * @param name dotted, such as {@code training.batch}
 * @param kind what a value is in Java
 * @param doc one sentence, then what a good value is and what holds without one
 * @param standard the default as Java has it; empty where there is none of {@code kind}
 */
public record KeyFacts(String name, Kind kind, String doc, Optional<Object> standard) {
  /** What a value is in Java; {@code TEXT} takes lists and maps as the job file writes them. */
  public enum Kind {
    NUMBER,
    INTEGER,
    LONG,
    FLAG,
    INTEGERS,
    TEXT
  }

  /** Those of every key, in the order of the reference page. */
  public static List<KeyFacts> all() {
    return KeyCatalogue.KEYS.stream().<KeyFacts>map(KeyFacts::of).toList();
  }

  /**
   * Checks a value by itself against the key's type and rules.
   *
   * @param text as {@code --set} takes it
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
      case ABOVE_ZERO, AT_LEAST_ZERO, FRACTION, PROBABILITY -> Kind.NUMBER;
      case FLAG -> Kind.FLAG;
      case SIZE, MARGIN, NAME, NAMES, CHOICE -> Kind.TEXT;
    };
  }
}
