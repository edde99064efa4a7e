package io.evenstep.model.catalog;

import java.util.List;
import java.util.Optional;

/**
 * One parameter of something in a catalogue.
 *
 * @param name as a job file writes it
 * @param rule what holds for its value
 * @param standard the value it has when left out, in the type the rule reads; empty when it must be
 *     given, or when {@code meaning} says what then holds
 * @param required whether it must be given
 * @param choices the names allowed under {@link Rule#CHOICE}
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

  /** May be left out; {@code meaning} says what then holds. */
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
    return rule.read(written).filter(value -> rule != Rule.CHOICE || choices.contains(value));
  }

  /** The rule in words, with the choices where there are such. */
  public String ruleText() {
    return choices.isEmpty() ? rule.text() : "must be one of " + String.join(", ", choices);
  }
}
