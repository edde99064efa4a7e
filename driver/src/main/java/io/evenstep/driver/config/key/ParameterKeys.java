package io.evenstep.driver.config.key;

import io.evenstep.driver.config.value.Key;
import io.evenstep.driver.config.value.ParameterType;
import io.evenstep.model.catalog.Entry;
import io.evenstep.model.catalog.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Keys for the parameters of a catalogue's entries: one key for each parameter name, even if
 * several entries have it. Defaults belong to the entries, so the keys have none.
 */
final class ParameterKeys {
  private ParameterKeys() {}

  /**
   * Builds the keys.
   *
   * @param section such as {@code training.optimizer}
   * @param entries the choices of {@code section.name}
   * @param except parameters that have another kind of key
   */
  static List<Key<?>> of(String section, List<Entry> entries, Set<String> except) {
    Map<String, Key<?>> keys = new LinkedHashMap<>();
    for (Entry entry : entries) {
      for (Parameter parameter : entry.parameters()) {
        if (!except.contains(parameter.name())) {
          keys.computeIfAbsent(
              parameter.name(), name -> key(section + "." + name, parameter, entries));
        }
      }
    }
    return List.copyOf(keys.values());
  }

  private static Key<?> key(String name, Parameter parameter, List<Entry> entries) {
    String doc = ending(parameter.meaning()) + " (" + owners(parameter.name(), entries) + ").";
    return Key.of(name, new ParameterType(parameter), doc)
        .otherwise(unset(parameter.name(), entries));
  }

  private static String owners(String name, List<Entry> entries) {
    return String.join(
        ", ",
        entries.stream().filter(entry -> has(entry, name)).map(e -> "`" + e.name() + "`").toList());
  }

  /** {@code 1.0E-8 (adam), 1.0E-6 (adagrad)}, or only the value if all agree. */
  private static String unset(String name, List<Entry> entries) {
    Map<String, List<String>> byValue = new LinkedHashMap<>();
    for (Entry entry : entries) {
      for (Parameter parameter : entry.parameters()) {
        if (parameter.name().equals(name)) {
          String value =
              parameter
                  .standard()
                  .map(Printable::text)
                  .orElse(parameter.required() ? "must be given" : "not set");
          byValue.computeIfAbsent(value, v -> new ArrayList<>()).add(entry.name());
        }
      }
    }
    if (byValue.size() == 1) {
      return byValue.keySet().iterator().next();
    }
    List<String> parts = new ArrayList<>();
    byValue.forEach((value, names) -> parts.add(value + " (" + String.join(", ", names) + ")"));
    return String.join(", ", parts);
  }

  private static boolean has(Entry entry, String name) {
    return entry.parameters().stream().anyMatch(parameter -> parameter.name().equals(name));
  }

  private static String ending(String meaning) {
    return Character.toUpperCase(meaning.charAt(0)) + meaning.substring(1);
  }
}
