package io.evenstep.driver.config.value;

import io.evenstep.model.Problem;
import io.evenstep.model.augment.Augmentation;
import io.evenstep.model.catalog.Augmentations;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Augmentations in order, each a map of one name to its parameters, as in the catalogue. A name
 * alone means no parameters.
 */
public record AugmentationsType() implements ValueType<List<Map<String, Map<String, Object>>>> {
  public static final AugmentationsType AUGMENTATIONS = new AugmentationsType();

  @Override
  public String words() {
    return "a list of augmentations, each a name with its parameters";
  }

  @Override
  public Optional<List<Map<String, Map<String, Object>>>> read(
      String key, Node node, Problems problems) {
    if (!(node instanceof Node.Sequence list)) {
      problems.add(key, "must be " + words(), node.text());
      return Optional.empty();
    }
    List<Map<String, Map<String, Object>>> augmentations = new ArrayList<>();
    for (int i = 0; i < list.items().size(); i++) {
      augmentation(key + "[" + i + "]", list.items().get(i), problems)
          .ifPresent(augmentations::add);
    }
    return augmentations.size() == list.items().size()
        ? Optional.of(augmentations)
        : Optional.empty();
  }

  private static Optional<Map<String, Map<String, Object>>> augmentation(
      String key, Node node, Problems problems) {
    if (node instanceof Node.Scalar name && !name.isNothing()) {
      return checked(key, name.text(), Map.of(), problems);
    }
    if (!(node instanceof Node.Mapping mapping) || mapping.entries().size() != 1) {
      problems.add(key, "must be one augmentation, such as {shift: {pixels: 2}}", node.text());
      return Optional.empty();
    }
    Map.Entry<String, Node> only = mapping.entries().entrySet().iterator().next();
    if (!(only.getValue() instanceof Node.Mapping parameters)) {
      problems.add(key + "." + only.getKey(), "must be parameters by name", only.getValue().text());
      return Optional.empty();
    }
    Map<String, Object> plain = new LinkedHashMap<>();
    parameters.entries().forEach((name, value) -> plain.put(name, PlainValue.of(value)));
    return checked(key, only.getKey(), plain, problems);
  }

  private static Optional<Map<String, Map<String, Object>>> checked(
      String key, String name, Map<String, Object> parameters, Problems problems) {
    List<Problem> wrong = Augmentations.check(key, name, parameters);
    wrong.forEach(problem -> problems.add(problem.key(), problem.rule(), problem.value()));
    return wrong.isEmpty() ? Optional.of(Map.of(name, parameters)) : Optional.empty();
  }

  @Override
  public Node parse(String key, String text, Problems problems) {
    return YamlReader.read(text, key, problems);
  }

  /** The augmentations of values that were read without problems. */
  public static List<Augmentation> create(List<Map<String, Map<String, Object>>> values) {
    return values.stream()
        .flatMap(value -> value.entrySet().stream())
        .map(entry -> Augmentations.create(entry.getKey(), entry.getValue()))
        .toList();
  }
}
