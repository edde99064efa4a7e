package io.evenstep.model.catalog;

import java.util.List;
import java.util.Optional;

/**
 * One parameter of a catalogue entry.
 *
 * @param name as a job file writes it
 * @param rule the rule for its value
 * @param standard the default, in the type that the rule reads; empty when the parameter is
 *     required, or when {@code meaning} describes the default
 * @param required whether it must be given
 * @param choices the names allowed by {@link Rule#CHOICE}
 * @param meaning one clause for the reference page
 */
public record Parameter(
    String name,
    Rule rule,
    Optional<Object> standard,
    boolean required,
    List<String> choices,
    String meaning) {
  /** Copies the list. */
  public Parameter {
    choices = List.copyOf(choices);
  }

  public static Parameter required(String name, Rule rule, String meaning) {
    return new Parameter(name, rule, Optional.empty(), true, List.of(), meaning);
  }

  /** Optional; {@code meaning} describes the default. */
  public static Parameter optional(String name, Rule rule, String meaning) {
    return new Parameter(name, rule, Optional.empty(), false, List.of(), meaning);
  }

  public static Parameter of(String name, Rule rule, Object standard, String meaning) {
    return new Parameter(name, rule, Optional.of(standard), false, List.of(), meaning);
  }

  public static Parameter choice(
      String name, List<String> choices, String standard, String meaning) {
    return new Parameter(name, Rule.CHOICE, Optional.of(standard), false, choices, meaning);
  }

  public static Parameter optionalChoice(String name, List<String> choices, String meaning) {
    return new Parameter(name, Rule.CHOICE, Optional.empty(), false, choices, meaning);
  }

  /**
   * Reads a value as a job file or {@code --set} has it.
   *
   * @param written a plain number, text, flag or list
   * @return the value in the type the rule reads, or empty when it breaks the rule
   */
  public Optional<Object> read(Object written) {
    return rule.read(written).filter(value -> rule != Rule.CHOICE || isChoice(value));
  }

  /** An activation's name may have a number. */
  private boolean isChoice(Object value) {
    return choices.contains(value)
        || (value instanceof String text
            && choices.contains(NumberedName.base(text))
            && Activations.check(name, text).isEmpty());
  }

  /** The rule in words, with the choices if there are any. */
  public String ruleText() {
    return choices.isEmpty() ? rule.text() : "must be one of " + String.join(", ", choices);
  }
}
