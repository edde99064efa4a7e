package io.evenstep.driver.config.key;

import io.evenstep.driver.config.value.Key;
import io.evenstep.driver.config.value.Problems;
import io.evenstep.model.catalog.Parameter;
import java.util.List;
import java.util.function.Function;

/** What must hold between a name, such as an optimizer's, and the parameters given beside it. */
public final class NamedRules {
  private final Settings settings;
  private final Problems problems;

  public NamedRules(Settings settings, Problems problems) {
    this.settings = settings;
    this.problems = problems;
  }

  /**
   * Refuses parameters that the named thing does not have, and misses those it must have.
   *
   * @param choice the key that names it
   * @param name what it names
   * @param keys those of all parameters any such thing has
   * @param own the parameters of a name
   */
  public void check(
      Key<String> choice, String name, List<Key<?>> keys, Function<String, List<Parameter>> own) {
    if (problems.areAbout(choice.name())) {
      return;
    }
    List<Parameter> parameters = own.apply(name);
    for (Key<?> key : keys) {
      if (parameters.stream().noneMatch(parameter -> parameter.name().equals(lastWord(key)))) {
        settings.refuse(key, "must be left out for " + name + has(parameters), problems);
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
