package io.evenstep.model.data;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.Objects;

/**
 * How one segment treats missing values, where it differs from the encoding.
 *
 * @param rule overrides the encoding's rule
 * @param fill replaces each number of a missing value, before scaling, and overrides the
 *     encoding's; as many as the segment has numbers, or none
 */
public record Gaps(Rule rule, List<Double> fill) {
  /** As in the encoding. */
  public static final Gaps AS_ENCODED = new Gaps(Rule.AS_ENCODED, List.of());

  /** Copies the list. */
  public Gaps {
    Objects.requireNonNull(rule, "rule");
    fill = List.copyOf(fill);
  }

  /** What happens to a row that lacks a value. */
  public enum Rule {
    /** Follows the encoding. */
    AS_ENCODED,
    REFUSE,
    DROP,
    FILL
  }

  /** The segment's rule, given the encoding's. */
  @JsonIgnore
  Missing over(Missing usual) {
    return switch (rule) {
      case AS_ENCODED -> usual;
      case REFUSE -> Missing.REFUSE;
      case DROP -> Missing.DROP;
      case FILL -> Missing.FILL;
    };
  }

  /** Used by Jackson to leave the default out of the JSON. */
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
