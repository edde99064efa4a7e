package io.evenstep.model.augment.pixel;

import io.evenstep.model.Problem;
import io.evenstep.model.data.Segment;
import io.evenstep.model.data.TensorEncoding;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** What augmentations must know about a row's features: shape, scaling, and which are numbers. */
public final class InputLayout {
  private final List<Long> shape;
  private final int width;
  private final float[] shift; // [width], as in Scaling
  private final float[] scale; // [width]
  private final BitSet numbers; // [width]
  private final boolean hasIndex;

  public InputLayout(TensorEncoding input) {
    this.shape = input.shape();
    this.width = input.width();
    this.shift = new float[width];
    this.scale = new float[width];
    this.numbers = new BitSet(width);
    this.hasIndex =
        input.segments().stream().anyMatch(segment -> segment.kind() == Segment.Kind.INDEX);
    Arrays.fill(scale, 1);
    int at = 0;
    for (Segment segment : input.segments()) {
      place(segment, at);
      at += segment.width();
    }
  }

  private void place(Segment segment, int from) {
    if (segment.kind().isCategory() || segment.kind() == Segment.Kind.TEXT) {
      return;
    }
    numbers.set(from, from + segment.width());
    int pairs = segment.scaling().shift().size();
    for (int pair = 0; pair < pairs; pair++) {
      int run = segment.width() / pairs;
      int begin = from + pair * run;
      Arrays.fill(shift, begin, begin + run, segment.scaling().shift().get(pair).floatValue());
      Arrays.fill(scale, begin, begin + run, segment.scaling().scale().get(pair).floatValue());
    }
  }

  /** How many numbers a row has. */
  public int width() {
    return width;
  }

  boolean isImage() {
    return shape.size() == 3;
  }

  int channels() {
    return Math.toIntExact(shape.get(0));
  }

  /** Height of an image in pixels. */
  public int height() {
    return Math.toIntExact(shape.get(1));
  }

  /** Width of an image in pixels. */
  public int columns() {
    return Math.toIntExact(shape.get(2));
  }

  /** Whether a position in the row holds a number, not part of a category. */
  public boolean isNumber(int place) {
    return numbers.get(place);
  }

  public boolean hasNumber() {
    return !numbers.isEmpty();
  }

  /** What is subtracted from the number at a position, before it is multiplied by its scale. */
  float shift(int place) {
    return shift[place];
  }

  float scale(int place) {
    return scale[place];
  }

  /** Whether the pixels of a channel all have the same scaling, as those of an image file do. */
  boolean scalesChannelsEvenly() {
    int plane = height() * columns();
    for (int i = 0; i < width; i++) {
      int first = i - i % plane;
      if (shift[i] != shift[first] || scale[i] != scale[first]) {
        return false;
      }
    }
    return true;
  }

  public List<Problem> imageProblems(String key) {
    return isImage()
        ? List.of()
        : List.of(
            new Problem(
                key,
                "needs rows of shape [channels, height, width], which data.shape can give them",
                "rows of " + shape));
  }

  public List<Problem> pixelProblems(String key, int pixels) {
    if (!isImage() || pixels < Math.min(height(), columns())) {
      return imageProblems(key);
    }
    String rule = "must be below the sides of the image " + shape;
    return List.of(new Problem(key + ".pixels", rule, Integer.toString(pixels)));
  }

  public List<Problem> mixingProblems(String key) {
    return hasIndex
        ? List.of(
            new Problem(
                key, "needs features that can be averaged", "categories with encoding index"))
        : List.of();
  }
}
