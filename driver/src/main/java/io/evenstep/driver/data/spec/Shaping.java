package io.evenstep.driver.data.spec;

import java.io.Serializable;
import java.util.List;

/**
 * How the numbers of a column are changed before they are scaled.
 *
 * @param transform applied after clipping
 * @param clip least and greatest number; empty for no limits
 * @param clipQuantiles the same as shares of the training rows, 0 to 1; empty for no limits
 */
public record Shaping(Function transform, List<Double> clip, List<Double> clipQuantiles)
    implements Serializable {
  /** Does not change numbers. */
  public static final Shaping NONE = new Shaping(Function.NONE, List.of(), List.of());

  /** Copies the lists. */
  public Shaping {
    clip = List.copyOf(clip);
    clipQuantiles = List.copyOf(clipQuantiles);
  }

  /** What is applied to a number. */
  public enum Function {
    NONE,
    /** ln(1 + x) of numbers above -1. */
    LOG,
    /** sign(x) ln(1 + |x|). */
    SIGNED_LOG,
    /**
     * The power of Yeo and Johnson that makes the training rows most like a normal distribution.
     */
    POWER
  }

  /** Whether numbers are limited. */
  public boolean clips() {
    return !clip.isEmpty() || !clipQuantiles.isEmpty();
  }
}
