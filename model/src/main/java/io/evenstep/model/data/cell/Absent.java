package io.evenstep.model.data.cell;

import java.io.Serializable;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which cells have no value: nulls, blank texts, and texts that mean "no value". */
public final class Absent implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final String NAN = "NaN";

  private final Set<String> texts;

  private Absent(Set<String> texts) {
    this.texts = texts;
  }

  /**
   * Nulls, blank texts, and these texts. When {@code NaN} is one of them, numbers that are NaN,
   * too.
   */
  public static Absent of(List<String> texts) {
    return new Absent(Set.copyOf(texts));
  }

  /** Whether a cell has no value. */
  public boolean holds(@Nullable Object cell) {
    return CellValues.isMissing(cell) || (!texts.isEmpty() && cell != null && isNamed(cell));
  }

  private boolean isNamed(Object cell) {
    if (cell instanceof String text) {
      return texts.contains(text.strip());
    }
    return cell instanceof Number number
        && Double.isNaN(number.doubleValue())
        && texts.contains(NAN);
  }
}
