package io.evenstep.model.network;

import java.util.Arrays;
import java.util.List;

/**
 * The shape of one row of an input or output: {@code [size]} for a vector, {@code [features,
 * steps]} for a sequence, {@code [channels, height, width]} for an image.
 *
 * @param sizes one to three sizes, each at least 1
 */
public record Shape(List<Integer> sizes) {
  /** Copies the list and checks it. */
  public Shape {
    sizes = List.copyOf(sizes);
    if (sizes.isEmpty() || sizes.size() > 3 || sizes.stream().anyMatch(size -> size < 1)) {
      throw new IllegalArgumentException(
          "Invalid shape: must have one to three sizes of at least 1, got " + sizes);
    }
  }

  /** A shape from its sizes. */
  public static Shape of(int... sizes) {
    return new Shape(Arrays.stream(sizes).boxed().toList());
  }

  /** How many numbers one row has. */
  public int length() {
    return sizes.stream().reduce(1, Math::multiplyExact);
  }

  /** The sizes as text, such as {@code [1, 28, 28]}. */
  @Override
  public String toString() {
    return sizes.toString();
  }
}
