package io.evenstep.model.catalog;

import io.evenstep.model.Problem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The parameters of one entry with a job's values, read and checked. */
public final class Arguments {
  private final Map<String, Object> values;

  private Arguments(Map<String, Object> values) {
    this.values = values;
  }

  /**
   * Reads the values of the entry's parameters from {@code written}.
   *
   * @param key where the job file has them, such as {@code model.layers[2]}
   * @param problems receives what is wrong; do not use the result when it received anything
   */
  public static Arguments read(
      Entry entry, Map<String, ?> written, String key, List<Problem> problems) {
    Map<String, Object> values = new HashMap<>();
    for (Parameter parameter : entry.parameters()) {
      Optional<Object> given = Optional.ofNullable(written.get(parameter.name()));
      if (given.isPresent()) {
        readOne(parameter, given.get(), key, problems)
            .ifPresent(value -> values.put(parameter.name(), value));
      } else if (parameter.required()) {
        problems.add(new Problem(key + "." + parameter.name(), "must be given", "nothing"));
      } else {
        parameter.standard().ifPresent(value -> values.put(parameter.name(), value));
      }
    }
    refuseUnknown(entry, written, key, problems);
    return new Arguments(values);
  }

  private static Optional<Object> readOne(
      Parameter parameter, Object given, String key, List<Problem> problems) {
    Optional<Object> value = parameter.read(given);
    if (value.isEmpty()) {
      problems.add(
          new Problem(
              key + "." + parameter.name(),
              parameter.ruleText() + suggestion(given, parameter.choices()),
              String.valueOf(given)));
    }
    return value;
  }

  private static void refuseUnknown(
      Entry entry, Map<String, ?> written, String key, List<Problem> problems) {
    List<String> names = entry.parameters().stream().map(Parameter::name).toList();
    written.forEach(
        (name, value) -> {
          if (!names.contains(name)) {
            String rule = "is not a parameter of " + entry.name() + suggestion(name, names);
            problems.add(new Problem(key + "." + name, rule, String.valueOf(value)));
          }
        });
  }

  static String suggestion(Object written, List<String> names) {
    return Nearest.to(String.valueOf(written), names)
        .map(name -> " (did you mean " + name + "?)")
        .orElse("");
  }

  public boolean has(String name) {
    return values.containsKey(name);
  }

  public double number(String name) {
    return (Double) value(name);
  }

  public int whole(String name) {
    return (Integer) value(name);
  }

  public boolean flag(String name) {
    return (Boolean) value(name);
  }

  public String text(String name) {
    return (String) value(name);
  }

  public List<String> texts(String name) {
    return ((List<?>) value(name)).stream().map(String.class::cast).toList();
  }

  public List<Double> numbers(String name) {
    return ((List<?>) value(name)).stream().map(Double.class::cast).toList();
  }

  public int[] sizes(String name) {
    return ((List<?>) value(name)).stream().mapToInt(size -> (Integer) size).toArray();
  }

  private Object value(String name) {
    return Optional.ofNullable(values.get(name))
        .orElseThrow(() -> new IllegalStateException("No value for " + name));
  }
}
