package io.evenstep.model.data.cell;

import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;

/** Words that mean true or false. */
public final class Truths {
  private static final Set<String> TRUE =
      words("true t yes y on enabled active ja j oui si sí sim vrai wahr verdadero ✓ ✔");
  private static final Set<String> FALSE =
      words("false f no n off disabled inactive nein non não nao faux falsch falso ✗ ✘");

  private Truths() {}

  private static Set<String> words(String text) {
    return Set.of(text.split(" "));
  }

  /** 1 for a word that means true, 0 for one that means false, in any case; else empty. */
  public static OptionalInt of(String text) {
    String word = text.strip().toLowerCase(Locale.ROOT);
    if (TRUE.contains(word)) {
      return OptionalInt.of(1);
    }
    return FALSE.contains(word) ? OptionalInt.of(0) : OptionalInt.empty();
  }
}
