package io.evenstep.model.data.cell;

import java.util.Locale;
import java.util.OptionalInt;

/** Words that mean true or false. */
public final class Truths {
  private Truths() {}

  /** 1 for a word that means true, 0 for one that means false, in any case; else empty. */
  public static OptionalInt of(String text) {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "true", "t", "yes", "y", "on", "enabled", "active", "ja", "j", "oui", "si", "sí", "sim",
          "vrai", "wahr", "verdadero", "✓", "✔" ->
          OptionalInt.of(1);
      case "false", "f", "no", "n", "off", "disabled", "inactive", "nein", "non", "não", "nao",
          "faux", "falsch", "falso", "✗", "✘" ->
          OptionalInt.of(0);
      default -> OptionalInt.empty();
    };
  }
}
