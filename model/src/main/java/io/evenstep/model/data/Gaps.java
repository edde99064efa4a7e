package io.evenstep.model.data;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.Objects;

/**
 * What becomes of the missing values of one segment, where it is not what the encoding says.
 *
 * @param rule in place of the encoding's
 * @param fill what takes the place of each number of a missing value, before scaling, in place of
 *     the encoding's; as many as the segment has numbers, or none
 */
public record Gaps(Rule rule, List<Double> fill) {
  /** As the encoding says. */
  public static final Gaps AS_ENCODED = new Gaps(Rule.AS_ENCODED, List.of());

  /** Copies the list. */
  public Gaps {
    Objects.requireNonNull(rule, "rule");
    fill = List.copyOf(fill);
  }

  /** What happens to a row that lacks a value. */
  public enum Rule {
    /** What the encoding says. */
    AS_ENCODED,
    REFUSE,
    DROP,
    FILL
  }

  /** What holds for the segment where the encoding has a rule of its own. */
  @JsonIgnore
  Missing over(Missing usual) {
    return switch (rule) {
      case AS_ENCODED -> usual;
      case REFUSE -> Missing.REFUSE;
      case DROP -> Missing.DROP;
      case FILL -> Missing.FILL;
    };
  }

  /** The gaps that JSON leaves out. */
  static final class Usual {
    @Override
    public boolean equals(Object gaps) {
      return AS_ENCODED.equals(gaps);
    }

    @Override
    public int hashCode() {
      return AS_ENCODED.hashCode();
    }
  }
}
