package io.evenstep.driver.config.value;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One key of the job file.
 *
 * @param name dotted, such as {@code training.batch}
 * @param type type of its value
 * @param rules rules for values, in addition to the type
 * @param standard the default; empty for a key that is optional or required
 * @param unset text about an optional key that is not set
 * @param isRequired whether every job must set it
 * @param effect whether its value affects the result
 * @param doc one sentence for the reference page
 */
public record Key<T>(
    String name,
    ValueType<T> type,
    List<ValueRule<T>> rules,
    Optional<T> standard,
    String unset,
    boolean isRequired,
    Effect effect,
    String doc) {

  public Key {
    rules = List.copyOf(rules);
  }

  /** What a change of the value affects. */
  public enum Effect {
    /** The final weights and metrics: the key is part of the settings' SHA-256. */
    RESULT,
    /** Only how, where or how fast a run trains. */
    COURSE
  }

  public static <T> Key<T> of(String name, ValueType<T> type, String doc) {
    return new Key<>(name, type, List.of(), Optional.empty(), "not set", false, Effect.RESULT, doc);
  }

  Key<T> named(String other) {
    return new Key<>(other, type, rules, standard, unset, isRequired, effect, doc);
  }

  public Key<T> where(ValueRule<T> rule) {
    List<ValueRule<T>> more = new ArrayList<>(rules);
    more.add(rule);
    return new Key<>(name, type, more, standard, unset, isRequired, effect, doc);
  }

  public Key<T> byDefault(T value) {
    return new Key<>(name, type, rules, Optional.of(value), unset, isRequired, effect, doc);
  }

  /** Describes the behaviour when the key is not set. */
  public Key<T> otherwise(String words) {
    return new Key<>(name, type, rules, standard, words, isRequired, effect, doc);
  }

  /** Makes the key required. */
  public Key<T> required() {
    return new Key<>(name, type, rules, standard, "must be given", true, effect, doc);
  }

  /** Marks the key as not affecting the result. */
  public Key<T> ofTheCourse() {
    return new Key<>(name, type, rules, standard, unset, isRequired, Effect.COURSE, doc);
  }

  /** Short text of type and rules, for the reference page. */
  public String words() {
    List<String> words =
        new ArrayList<>(
            rules.stream().map(rule -> rule.words().substring("must ".length())).toList());
    boolean typeIsPlain =
        type.equals(ScalarType.TEXT) && rules.stream().anyMatch(ValueRule::saysAll);
    if (!typeIsPlain) {
      words.add(0, type.words());
    }
    return String.join(", ", words)
        .replace(", be ", ", ")
        .replace("not be ", "not ")
        .replaceFirst("^be ", "");
  }

  /** Reads a value and checks type and rules; errors go to {@code problems}. */
  public Optional<T> read(Node node, Problems problems) {
    Optional<T> value = type.read(name, node, problems);
    if (value.isEmpty()) {
      return value;
    }
    for (ValueRule<T> rule : rules) {
      if (!rule.holds().test(value.get())) {
        problems.add(name, rule.words(), node.text());
        return Optional.empty();
      }
    }
    return value;
  }

  @SafeVarargs
  public static List<Key<?>> joined(List<? extends Key<?>>... parts) {
    List<Key<?>> all = new ArrayList<>();
    for (List<? extends Key<?>> part : parts) {
      all.addAll(part);
    }
    return List.copyOf(all);
  }
}
