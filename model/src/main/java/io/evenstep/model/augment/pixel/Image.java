package io.evenstep.model.augment.pixel;

/**
 * One image while it is augmented: planes of pixels, channel after channel.
 *
 * <p>When each channel has one scaling, the pixels stay in the network's units, and black, the
 * background, is the scaled value of 0. When each pixel has its own scaling, a moved pixel would be
 * scaled like another. The pixels are then converted back to the source's units, where black is 0.
 */
public final class Image {
  private final InputLayout layout;
  private final boolean scaledEvenly;
  private final int channels;
  private final int height;
  private final int width;
  private final int plane; // pixels of a channel
  private final float[] black; // [channel]
  private float[] pixels; // [channels, height, width]
  private float[] moved; // [channels, height, width]

  Image(InputLayout layout) {
    this.layout = layout;
    this.scaledEvenly = layout.scalesChannelsEvenly();
    this.channels = layout.channels();
    this.height = layout.height();
    this.width = layout.columns();
    this.plane = height * width;
    this.black = new float[channels];
    this.pixels = new float[channels * plane];
    this.moved = new float[channels * plane];
    for (int channel = 0; scaledEvenly && channel < channels; channel++) {
      int first = channel * plane;
      black[channel] = (0 - layout.shift(first)) * layout.scale(first);
    }
  }

  public int height() {
    return height;
  }

  public int width() {
    return width;
  }

  /** Reads the image from a row that begins at {@code from}. */
  void load(float[] rows, int from) {
    System.arraycopy(rows, from, pixels, 0, pixels.length);
    for (int i = 0; !scaledEvenly && i < pixels.length; i++) {
      pixels[i] = pixels[i] / layout.scale(i) + layout.shift(i);
    }
  }

  /** Writes the image back to a row. */
  void store(float[] rows, int to) {
    for (int i = 0; !scaledEvenly && i < pixels.length; i++) {
      pixels[i] = (pixels[i] - layout.shift(i)) * layout.scale(i);
    }
    System.arraycopy(pixels, 0, rows, to, pixels.length);
  }

  public void scaleFromBlack(float factor) {
    for (int channel = 0; channel < channels; channel++) {
      scale(channel, black[channel], factor);
    }
  }

  public void scaleFromMean(float factor) {
    for (int channel = 0; channel < channels; channel++) {
      double sum = 0;
      for (int i = channel * plane; i < (channel + 1) * plane; i++) {
        sum += pixels[i];
      }
      scale(channel, (float) (sum / plane), factor);
    }
  }

  private void scale(int channel, float from, float factor) {
    for (int i = channel * plane; i < (channel + 1) * plane; i++) {
      pixels[i] = from + (pixels[i] - from) * factor;
    }
  }

  /** Makes a square black, clipped to the image. */
  public void blank(int top, int left, int side) {
    for (int channel = 0; channel < channels; channel++) {
      for (int y = Math.max(0, top); y < Math.min(height, top + side); y++) {
        for (int x = Math.max(0, left); x < Math.min(width, left + side); x++) {
          pixels[channel * plane + y * width + x] = black[channel];
        }
      }
    }
  }

  /**
   * Moves the pixels. Each new pixel is interpolated from the four old ones around it; outside the
   * image it is black.
   */
  public void warp(Affine map) {
    double middleX = (width - 1) / 2.0;
    double middleY = (height - 1) / 2.0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double right = x - middleX;
        double down = y - middleY;
        sample(map.x(right, down) + middleX, map.y(right, down) + middleY, y * width + x);
      }
    }
    float[] old = pixels;
    pixels = moved;
    moved = old;
  }

  private void sample(double fromX, double fromY, int to) {
    double left = Math.floor(fromX);
    double top = Math.floor(fromY);
    float x = (float) (fromX - left);
    float y = (float) (fromY - top);
    boolean within = left >= 0 && top >= 0 && left < width - 1 && top < height - 1;
    for (int channel = 0; channel < channels; channel++) {
      moved[channel * plane + to] =
          within
              ? blend(channel * plane + (int) top * width + (int) left, x, y)
              : blendAtEdge(channel, (int) left, (int) top, x, y);
    }
  }

  private float blend(int at, float x, float y) {
    float upper = between(pixels[at], pixels[at + 1], x);
    float lower = between(pixels[at + width], pixels[at + width + 1], x);
    return between(upper, lower, y);
  }

  private float blendAtEdge(int channel, int left, int top, float x, float y) {
    float upper = between(pixel(channel, left, top), pixel(channel, left + 1, top), x);
    float lower = between(pixel(channel, left, top + 1), pixel(channel, left + 1, top + 1), x);
    return between(upper, lower, y);
  }

  private float pixel(int channel, int x, int y) {
    boolean within = x >= 0 && y >= 0 && x < width && y < height;
    return within ? pixels[channel * plane + y * width + x] : black[channel];
  }

  /** Returns exactly {@code one} for a share of 0, so that moves by whole pixels lose nothing. */
  private static float between(float one, float other, float share) {
    return one + (other - one) * share;
  }
}
