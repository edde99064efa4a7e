package io.evenstep.driver.config.value;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The word {@code balanced}, or a factor for each class. */
public record ClassWeightingType() implements ValueType<ClassWeighting> {
  public static final ClassWeightingType CLASS_WEIGHTING = new ClassWeightingType();

  @Override
  public String words() {
    return ClassWeighting.BALANCED + ", or a factor for each class";
  }

  @Override
  public Optional<ClassWeighting> read(String key, Node node, Problems problems) {
    if (node instanceof Node.Scalar scalar && scalar.text().equals(ClassWeighting.BALANCED)) {
      return Optional.of(new ClassWeighting(Map.of()));
    }
    if (!(node instanceof Node.Mapping mapping) || mapping.entries().isEmpty()) {
      problems.add(key, "must be " + words(), node.text());
      return Optional.empty();
    }
    Map<String, Double> factors = new LinkedHashMap<>();
    mapping
        .entries()
        .forEach(
            (name, entry) ->
                factor(key + "." + name)
                    .read(entry, problems)
                    .ifPresent(factor -> factors.put(name, factor)));
    return factors.size() == mapping.entries().size()
        ? Optional.of(new ClassWeighting(factors))
        : Optional.empty();
  }

  private static Key<Double> factor(String name) {
    return Key.of(name, ScalarType.NUMBER, "").where(ValueRule.<Double>between(0, 1_000_000));
  }

  @Override
  public Node parse(String key, String text, Problems problems) {
    return YamlReader.read(text, key, problems);
  }
}
