package io.evenstep.driver.cli.session;

import io.evenstep.model.ConfigException;

/** Rules that options of several commands have in common. */
public final class OptionRules {
  private OptionRules() {}

  /**
   * Checks a count.
   *
   * @param option its name, such as {@code --rows}
   * @throws ConfigException when it is less than 1
   */
  public static void requireCount(String option, int count) {
    if (count < 1) {
      throw new ConfigException(option, "must be at least 1", count);
    }
  }
}
