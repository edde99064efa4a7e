package io.evenstep.driver.config;

import io.evenstep.model.catalog.Nearest;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The known key that a misspelt one was most likely meant to be. */
final class NearestKey {
  private NearestKey() {}

  /** What an unknown key is told. */
  static String rule(String key, Collection<String> known) {
    return "must be a known key"
        + find(key, known).map(near -> "; did you mean " + near + "?").orElse("");
  }

  /** Looks in the key's own section first, then for its last word in another, then everywhere. */
  static Optional<String> find(String key, Collection<String> known) {
    String section = key.substring(0, key.lastIndexOf('.') + 1);
    List<String> nearby =
        known.stream()
            .filter(name -> name.startsWith(section) && name.indexOf('.', section.length()) < 0)
            .map(NearestKey::lastWord)
            .toList();
    List<String> alike =
        known.stream().filter(name -> lastWord(name).equals(lastWord(key))).toList();
    return Nearest.to(lastWord(key), nearby)
        .map(word -> section + word)
        .or(() -> Nearest.to(key, alike))
        .or(() -> alike.stream().findFirst())
        .or(() -> Nearest.to(key, known));
  }

  private static String lastWord(String key) {
    return key.substring(key.lastIndexOf('.') + 1);
  }
}
