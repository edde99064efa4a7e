package io.evenstep.model.catalog;

import io.evenstep.model.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Named things of one kind, in the order of the reference page.
 *
 * @param <M> what makes a thing
 */
public final class Catalogue<M> {
  private final Map<String, Item<M>> items = new LinkedHashMap<>();

  private record Item<M>(Entry entry, M maker) {}

  public Catalogue<M> add(Entry entry, M maker) {
    items.put(entry.name(), new Item<>(entry, maker));
    return this;
  }

  public List<String> names() {
    return List.copyOf(items.keySet());
  }

  public List<Entry> entries() {
    return items.values().stream().map(Item::entry).toList();
  }

  public Entry entry(String name) {
    return item(name).entry();
  }

  public M maker(String name) {
    return item(name).maker();
  }

  public boolean has(String name) {
    return items.containsKey(name);
  }

  /** Empty when the name is known. */
  public Optional<Problem> check(String key, String name) {
    if (has(name)) {
      return Optional.empty();
    }
    String rule =
        "must be one of " + String.join(", ", names()) + Arguments.suggestion(name, names());
    return Optional.of(new Problem(key, rule, name));
  }

  private Item<M> item(String name) {
    return Optional.ofNullable(items.get(name))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Invalid name: must be one of " + names() + ", got " + name));
  }
}
