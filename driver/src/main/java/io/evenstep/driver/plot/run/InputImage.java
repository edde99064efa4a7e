package io.evenstep.driver.plot.run;

import io.evenstep.model.data.TensorEncoding;
import java.util.List;

/** Rows of numbers that are images. */
public final class InputImage {
  private InputImage() {}

  /**
   * A row of an input as an image: [channels, height, width] as in its shape, or a square if the
   * number of values is a square number. Empty if it is not an image.
   */
  public static List<Integer> of(TensorEncoding input) {
    if (input.shape().size() == 3 && List.of(1L, 3L).contains(input.shape().get(0))) {
      return input.shape().stream().map(Math::toIntExact).toList();
    }
    int side = (int) Math.round(Math.sqrt(input.width()));
    boolean isSquare = input.shape().size() == 1 && side >= 5 && side * side == input.width();
    return isSquare && input.segments().size() == 1 ? List.of(1, side, side) : List.of();
  }
}
