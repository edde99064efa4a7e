package io.evenstep.driver.profile.sniff;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Words whose order is generally known, such as low, medium, high. */
public final class OrdinalScales {
  private static final int FEWEST = 3;
  private static final List<List<String>> SCALES =
      List.of(
          List.of("very low", "low", "medium low", "medium", "medium high", "high", "very high"),
          List.of("low", "moderate", "high"),
          List.of("none", "slight", "mild", "moderate", "severe", "very severe", "critical"),
          List.of("very small", "small", "medium", "large", "very large", "huge"),
          List.of("tiny", "small", "medium", "big", "huge"),
          List.of("xxs", "xs", "s", "m", "l", "xl", "xxl", "xxxl"),
          List.of("very poor", "poor", "fair", "good", "very good", "excellent"),
          List.of("very bad", "bad", "average", "good", "very good"),
          List.of("poor", "average", "good", "excellent"),
          List.of("fair", "good", "very good", "premium", "ideal"),
          List.of("never", "rarely", "sometimes", "often", "very often", "always"),
          List.of("strongly disagree", "disagree", "neutral", "agree", "strongly agree"),
          List.of("very dissatisfied", "dissatisfied", "neutral", "satisfied", "very satisfied"),
          List.of("very easy", "easy", "medium", "hard", "very hard"),
          List.of("beginner", "intermediate", "advanced", "expert"),
          List.of("bronze", "silver", "gold", "platinum", "diamond"),
          List.of("first", "second", "third", "fourth", "fifth"),
          List.of("1st", "2nd", "3rd", "4th", "5th"),
          List.of("cold", "cool", "mild", "warm", "hot"),
          List.of("primary", "secondary", "tertiary"));

  private OrdinalScales() {}

  /** The values in their known order; empty for fewer than three, or where no order is known. */
  public static Optional<List<String>> order(List<String> values) {
    return values.size() < FEWEST
        ? Optional.empty()
        : SCALES.stream().flatMap(scale -> order(values, scale).stream()).findFirst();
  }

  private static Optional<List<String>> order(List<String> values, List<String> scale) {
    Map<Integer, String> placed = new TreeMap<>();
    for (String value : values) {
      String word = value.strip().toLowerCase(Locale.ROOT).replaceAll("[\\s_-]+", " ");
      int place = scale.indexOf(word);
      if (place < 0 || placed.put(place, value) != null) {
        return Optional.empty();
      }
    }
    return Optional.of(new ArrayList<>(placed.values()));
  }
}
