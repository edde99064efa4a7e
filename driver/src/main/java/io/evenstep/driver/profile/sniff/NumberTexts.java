package io.evenstep.driver.profile.sniff;

import io.evenstep.model.data.cell.NumberText;
import java.io.Serializable;
import java.util.OptionalDouble;

/**
 * Whether all texts are numbers written in one way, such as with a decimal comma, and their range.
 * Texts after the first other one are not looked at.
 */
public final class NumberTexts implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int MOST_CHARACTERS = 40;

  private final NumberText way;
  private boolean missed; // some text is something else
  private long count;
  private long whole;
  private double least = Double.POSITIVE_INFINITY;
  private double most = Double.NEGATIVE_INFINITY;

  /** No texts yet. */
  public NumberTexts(NumberText way) {
    this.way = way;
  }

  public void add(String text) {
    if (missed) {
      return;
    }
    OptionalDouble number =
        text.length() > MOST_CHARACTERS ? OptionalDouble.empty() : way.parse(text);
    missed = number.isEmpty() || !Double.isFinite(number.getAsDouble());
    if (!missed) {
      double value = number.getAsDouble();
      count++;
      whole += value == Math.rint(value) ? 1 : 0;
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
  }

  public void add(NumberTexts later) {
    missed |= later.missed;
    count += later.count;
    whole += later.whole;
    least = Math.min(least, later.least);
    most = Math.max(most, later.most);
  }

  /** How many numbers there are; of texts with others among them, some. */
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
