package io.evenstep.driver.profile;

import io.evenstep.model.time.TimeFormat;
import java.io.Serializable;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** The known time formats that all texts of a column match. */
final class TimeSketch implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final List<TimeFormat> FORMATS =
      TimeFormat.KNOWN.stream().map(TimeFormat::of).toList();
  private static final int LEAST_CHARACTERS = 4;
  private static final int MOST_CHARACTERS = 40;

  private int fitting = (1 << FORMATS.size()) - 1; // one bit per format
  private double least = Double.POSITIVE_INFINITY;
  private double most = Double.NEGATIVE_INFINITY;

  void add(String text) {
    if (text.length() < LEAST_CHARACTERS || text.length() > MOST_CHARACTERS) {
      fitting = 0;
    }
    boolean measured = false;
    for (int i = 0; i < FORMATS.size() && fitting != 0; i++) {
      if ((fitting & (1 << i)) != 0) {
        OptionalDouble seconds = FORMATS.get(i).seconds(text);
        fitting &= seconds.isPresent() ? -1 : ~(1 << i);
        if (seconds.isPresent() && !measured) {
          measured = true;
          least = Math.min(least, seconds.getAsDouble());
          most = Math.max(most, seconds.getAsDouble());
        }
      }
    }
  }

  /** Adds a value of a date or time type. */
  void add(double seconds) {
    least = Math.min(least, seconds);
    most = Math.max(most, seconds);
  }

  void add(TimeSketch other) {
    fitting &= other.fitting;
    least = Math.min(least, other.least);
    most = Math.max(most, other.most);
  }

  /** The formats that every text matches, most likely first. */
  List<String> formats() {
    return IntStream.range(0, FORMATS.size())
        .filter(i -> (fitting & (1 << i)) != 0)
        .mapToObj(TimeFormat.KNOWN::get)
        .toList();
  }

  double least() {
    return least;
  }

  double most() {
    return most;
  }
}
