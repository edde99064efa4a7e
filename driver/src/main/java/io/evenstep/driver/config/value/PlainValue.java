package io.evenstep.driver.config.value;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The value of a YAML node without a declared type. */
final class PlainValue {
  private PlainValue() {}

  /** The value as plain Java: Integer, Long, Double, Boolean, String, List or Map. */
  static Object of(Node node) {
    if (node instanceof Node.Sequence list) {
      return list.items().stream().map(PlainValue::of).toList();
    }
    if (node instanceof Node.Mapping mapping) {
      Map<String, Object> values = new LinkedHashMap<>();
      mapping.entries().forEach((name, value) -> values.put(name, of(value)));
      return values;
    }
    return scalar((Node.Scalar) node);
  }

  private static Object scalar(Node.Scalar scalar) {
    if (scalar.style() != Node.Style.PLAIN) {
      return scalar.text();
    }
    Optional<Object> value = ScalarType.INTEGER.decode().apply(scalar.text()).map(v -> v);
    return value
        .or(() -> ScalarType.LONG.decode().apply(scalar.text()))
        .or(() -> ScalarType.NUMBER.decode().apply(scalar.text()))
        .or(() -> ScalarType.FLAG.decode().apply(scalar.text()))
        .orElse(scalar.text());
  }
}
