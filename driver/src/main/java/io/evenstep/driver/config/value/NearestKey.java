package io.evenstep.driver.config.value;

import io.evenstep.model.catalog.Nearest;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The known key that a misspelt one most likely means. */
public final class NearestKey {
  private NearestKey() {}

  /** The message about an unknown key. */
  public static String rule(String key, Collection<String> known) {
    return "must be a known key"
        + find(key, known).map(near -> "; did you mean " + near + "?").orElse("");
  }

  /**
   * A key of the same section with a similar last word. Otherwise a key of another section that
   * ends in the most similar word, if it is the only one or of a similar section. Otherwise the
   * shortest of those inside the key's own section.
   */
  static Optional<String> find(String key, Collection<String> known) {
    String section = section(key);
    String word = lastWord(key);
    List<String> own =
        known.stream()
            .filter(name -> name.startsWith(section) && name.indexOf('.', section.length()) < 0)
            .toList();
    return Nearest.to(word, lastWords(own))
        .map(near -> section + near)
        .or(() -> Nearest.to(word, lastWords(known)).flatMap(near -> among(near, key, known)));
  }

  private static Optional<String> among(String word, String key, Collection<String> known) {
    List<String> alike = known.stream().filter(name -> lastWord(name).equals(word)).toList();
    if (alike.size() == 1) {
      return Optional.of(alike.get(0));
    }
    return Nearest.to(key, alike)
        .or(
            () ->
                alike.stream()
                    .filter(name -> name.startsWith(section(key)))
                    .min(Comparator.comparingInt(String::length)));
  }

  private static List<String> lastWords(Collection<String> keys) {
    return keys.stream().map(NearestKey::lastWord).toList();
  }

  private static String section(String key) {
    return key.substring(0, key.lastIndexOf('.') + 1);
  }

  private static String lastWord(String key) {
    return key.substring(key.lastIndexOf('.') + 1);
  }
}
