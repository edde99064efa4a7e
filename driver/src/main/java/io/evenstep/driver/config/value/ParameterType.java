package io.evenstep.driver.config.value;

import io.evenstep.model.catalog.Parameter;
import java.util.Optional;

/** The type of a catalogue's parameter: the catalogue reads its values and checks its rule. */
public record ParameterType(Parameter parameter) implements ValueType<Object> {
  @Override
  public String words() {
    return parameter.ruleText().substring("must be ".length());
  }

  @Override
  public Optional<Object> read(String key, Node node, Problems problems) {
    Optional<Object> value = parameter.read(plain(node));
    if (value.isEmpty()) {
      problems.add(key, parameter.ruleText(), node.text());
    }
    return value;
  }

  /** A number may be quoted. */
  private static Object plain(Node node) {
    if (node instanceof Node.Sequence list) {
      return list.items().stream().map(ParameterType::plain).toList();
    }
    return PlainValue.of(
        node instanceof Node.Scalar scalar && !scalar.isNothing()
            ? Node.Scalar.of(scalar.text())
            : node);
  }

  @Override
  public Node parse(String key, String text, Problems problems) {
    return ListType.TEXTS.parse(key, text, problems);
  }
}
