package io.evenstep.driver.profile.sniff;

import io.evenstep.model.data.cell.NumberText;
import java.io.Serializable;
import java.util.OptionalDouble;

/** How many texts are numbers written in one way, such as with a decimal comma, and their range. */
public final class NumberTexts implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int MOST_CHARACTERS = 40;

  private final NumberText way;
  private long count;
  private long whole;
  private double least = Double.POSITIVE_INFINITY;
  private double most = Double.NEGATIVE_INFINITY;

  /** No texts yet. */
  public NumberTexts(NumberText way) {
    this.way = way;
  }

  public void add(String text) {
    OptionalDouble number =
        text.length() > MOST_CHARACTERS ? OptionalDouble.empty() : way.parse(text);
    if (number.isPresent() && Double.isFinite(number.getAsDouble())) {
      double value = number.getAsDouble();
      count++;
      whole += value == Math.rint(value) ? 1 : 0;
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
  }

  public void add(NumberTexts later) {
    count += later.count;
    whole += later.whole;
    least = Math.min(least, later.least);
    most = Math.max(most, later.most);
  }

  public long count() {
    return count;
  }

  public boolean areWhole() {
    return whole == count;
  }

  public double least() {
    return least;
  }

  public double most() {
    return most;
  }
}
