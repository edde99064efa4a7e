package io.evenstep.driver.config.value;

import java.util.List;
import java.util.Optional;

/** Height and width: two whole numbers, or one for both. */
public record PairType() implements ValueType<List<Integer>> {
  public static final PairType PAIR = new PairType();

  @Override
  public String words() {
    return "a whole number, or a list of two";
  }

  @Override
  public Optional<List<Integer>> read(String key, Node node, Problems problems) {
    Optional<List<Integer>> numbers = ListType.INTEGERS.read(key, node, problems);
    if (numbers.isPresent() && (numbers.get().isEmpty() || numbers.get().size() > 2)) {
      problems.add(key, "must be " + words(), node.text());
      return Optional.empty();
    }
    return numbers.map(list -> list.size() == 1 ? List.of(list.get(0), list.get(0)) : list);
  }

  @Override
  public Node parse(String key, String text, Problems problems) {
    return ListType.INTEGERS.parse(key, text, problems);
  }
}
