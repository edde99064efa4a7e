package io.evenstep.model.data;

import java.util.List;

/**
 * Brings stored numbers to scale on decoding: {@code (x - shift) * scale}.
 *
 * <p>Each pair serves an equal run of a segment's numbers: one pair serves all of them, three serve
 * the channels of a colour image, as many as there are numbers serve them one by one.
 *
 * @param shift what is taken away first
 * @param scale what the rest is multiplied by; as many as {@code shift}
 */
public record Scaling(List<Float> shift, List<Float> scale) {
  /** Leaves numbers as they are. */
  public static final Scaling NONE = new Scaling(List.of(), List.of());

  /** Copies the lists and checks them. */
  public Scaling {
    shift = List.copyOf(shift);
    scale = List.copyOf(scale);
    if (shift.size() != scale.size()) {
      throw new IllegalArgumentException(
          "Invalid scaling: must have as many shifts as scales, got "
              + shift.size()
              + " and "
              + scale.size());
    }
  }

  /** The same shift and scale for every number. */
  public static Scaling of(float shift, float scale) {
    return new Scaling(List.of(shift), List.of(scale));
  }
}
