package io.evenstep.driver.data.spec;

import java.io.Serializable;
import java.util.Locale;
import java.util.Optional;

/**
 * One of several equal parts of the rows, which is held out as test rows.
 *
 * @param number from 1
 * @param of how many parts there are; 1 if no part is held out
 */
public record Fold(int number, int of) implements Serializable {
  /** No part is held out. */
  public static final Fold NONE = new Fold(1, 1);

  /** Checks the numbers. */
  public Fold {
    if (number < 1 || number > of) {
      throw new IllegalArgumentException(
          "Invalid fold: must be from 1 to " + of + ", got " + number);
    }
  }

  /** Reads {@code 2/5}; empty if the text is something else. */
  public static Optional<Fold> parse(String text) {
    if (!text.matches("[1-9][0-9]{0,2}/[1-9][0-9]{0,2}")) {
      return Optional.empty();
    }
    String[] parts = text.split("/", -1);
    int number = Integer.parseInt(parts[0]);
    int of = Integer.parseInt(parts[1]);
    return of >= 2 && number <= of ? Optional.of(new Fold(number, of)) : Optional.empty();
  }

  /** Whether no part is held out. */
  public boolean isNone() {
    return of == 1;
  }

  /** Its first row of {@code rows}, from 0. */
  public long from(long rows) {
    return rows * (number - 1) / of;
  }

  /** The row after its last. */
  public long to(long rows) {
    return rows * number / of;
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%d/%d", number, of);
  }
}
