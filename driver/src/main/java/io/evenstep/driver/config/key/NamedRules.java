package io.evenstep.driver.config.key;

import io.evenstep.driver.config.value.Key;
import io.evenstep.driver.config.value.Problems;
import io.evenstep.model.catalog.Parameter;
import java.util.List;
import java.util.function.Function;

/** Rules between a name, such as that of an optimizer, and the parameters given with it. */
public final class NamedRules {
  private final Settings settings;
  private final Problems problems;

  public NamedRules(Settings settings, Problems problems) {
    this.settings = settings;
    this.problems = problems;
  }

  /**
   * Refuses parameters that the named entry does not have, and reports missing required ones.
   *
   * @param choice the key that selects the entry
   * @param name the entry
   * @param keys those of all parameters of all entries
   * @param own the parameters of an entry
   */
  public void check(
      Key<String> choice, String name, List<Key<?>> keys, Function<String, List<Parameter>> own) {
    if (problems.areAbout(choice.name())) {
      return;
    }
    List<Parameter> parameters = own.apply(name);
    for (Key<?> key : keys) {
      if (parameters.stream().noneMatch(parameter -> parameter.name().equals(lastWord(key)))) {
        settings.refuse(key, "must not be set for " + name + has(parameters), problems);
      }
      boolean required =
          parameters.stream().anyMatch(p -> p.required() && p.name().equals(lastWord(key)));
      if (required && settings.setting(key).isEmpty()) {
        problems.addUnlessKnown(key.name(), "must be given for " + name, "nothing");
      }
    }
  }

  private static String has(List<Parameter> parameters) {
    return parameters.isEmpty()
        ? ", which has no parameters"
        : ", which has " + String.join(", ", parameters.stream().map(Parameter::name).toList());
  }

  private static String lastWord(Key<?> key) {
    return key.name().substring(key.name().lastIndexOf('.') + 1);
  }
}
