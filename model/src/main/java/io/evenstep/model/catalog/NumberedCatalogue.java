package io.evenstep.model.catalog;

import io.evenstep.model.Problem;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleFunction;

/**
 * Things of a catalogue whose name may have a number, as in {@code leakyRelu(0.1)}.
 *
 * @param <T> what is made
 */
final class NumberedCatalogue<T> {
  private final Map<String, Item<T>> items = new LinkedHashMap<>();

  private record Item<T>(Rule rule, DoubleFunction<? extends T> maker) {}

  /** Allows a number after {@code name}, by a rule that reads a Double. */
  NumberedCatalogue<T> add(String name, Rule rule, DoubleFunction<? extends T> maker) {
    items.put(name, new Item<>(rule, maker));
    return this;
  }

  /**
   * What is wrong with a name.
   *
   * @param plain checks a name without a number
   */
  Optional<Problem> check(String key, String text, Catalogue<?> plain) {
    Optional<NumberedName> numbered = NumberedName.of(text);
    if (numbered.isEmpty() || !plain.has(numbered.get().name())) {
      return plain.check(key, text);
    }
    Item<T> item = items.get(numbered.get().name());
    if (item == null) {
      String rule = "must have no number; only these may: " + String.join(", ", items.keySet());
      return Optional.of(new Problem(key, rule, text));
    }
    return item.rule().read(numbered.get().number()).isPresent()
        ? Optional.empty()
        : Optional.of(new Problem(key, "its number " + item.rule().text(), text));
  }

  /** Makes the thing; empty for a name without a number. The name must have passed the check. */
  Optional<T> create(String text) {
    return NumberedName.of(text)
        .map(
            name -> {
              Item<T> item = items.get(name.name());
              if (item == null) {
                throw new IllegalArgumentException("Invalid name: takes no number, got " + text);
              }
              return item.maker().apply(name.number());
            });
  }
}
