package io.evenstep.driver.plot;

/**
 * Numbers as a small picture: one channel, or three for red, green and blue. Keeps the array.
 *
 * <p>Not a record, since it holds an array.
 */
public final class Tile {
  private final String caption;
  private final float[] numbers; // [channels, height, width]
  private final int channels;
  private final int height;
  private final int width;
  private final float least;
  private final float greatest;

  /**
   * Makes a picture of {@code numbers}, [channels, height, width].
   *
   * @param channels 1 or 3
   */
  public Tile(String caption, float[] numbers, int channels, int height, int width) {
    if ((channels != 1 && channels != 3) || numbers.length != channels * height * width) {
      throw new IllegalArgumentException(
          "Invalid tile: must be [1 or 3, height, width], got "
              + numbers.length
              + " numbers for ["
              + channels
              + ", "
              + height
              + ", "
              + width
              + "]");
    }
    this.caption = caption;
    this.numbers = numbers;
    this.channels = channels;
    this.height = height;
    this.width = width;
    float low = Float.POSITIVE_INFINITY;
    float high = Float.NEGATIVE_INFINITY;
    for (float number : numbers) {
      low = Math.min(low, number);
      high = Math.max(high, number);
    }
    this.least = low;
    this.greatest = high;
  }

  String caption() {
    return caption;
  }

  int channels() {
    return channels;
  }

  int height() {
    return height;
  }

  int width() {
    return width;
  }

  float at(int channel, int row, int column) {
    return numbers[(channel * height + row) * width + column];
  }

  /** The number scaled so that the tile's minimum is 0 and its maximum is 1. */
  float level(int channel, int row, int column) {
    return greatest > least ? (at(channel, row, column) - least) / (greatest - least) : 0;
  }

  /** The largest magnitude. */
  double most() {
    return Math.max(Math.abs(least), Math.abs(greatest));
  }
}
