package io.evenstep.model.data;

/**
 * Resizes planes of bytes with a triangle filter, first along rows, then along columns. The filter
 * is wider when it shrinks an image, so that every source pixel counts.
 */
final class PlaneResizer {
  private final int fromHeight;
  private final int fromWidth;
  private final Filter vertical;
  private final Filter horizontal;

  PlaneResizer(int fromHeight, int fromWidth, int toHeight, int toWidth) {
    this.fromHeight = fromHeight;
    this.fromWidth = fromWidth;
    this.vertical = new Filter(fromHeight, toHeight);
    this.horizontal = new Filter(fromWidth, toWidth);
  }

  /** Resizes plane {@code from} of {@code in} to plane {@code to} of {@code out}. */
  void resize(byte[] in, int from, byte[] out, int to) {
    int toWidth = horizontal.weights.length;
    float[] narrow = new float[fromHeight * toWidth]; // rows at their new width
    for (int y = 0; y < fromHeight; y++) {
      int start = (from * fromHeight + y) * fromWidth;
      for (int x = 0; x < toWidth; x++) {
        float[] weights = horizontal.weights[x];
        float sum = 0;
        for (int i = 0; i < weights.length; i++) {
          sum += weights[i] * (in[start + horizontal.first[x] + i] & 0xff);
        }
        narrow[y * toWidth + x] = sum;
      }
    }
    shrinkRows(narrow, toWidth, out, to * vertical.weights.length * toWidth);
  }

  private void shrinkRows(float[] narrow, int width, byte[] out, int at) {
    for (int y = 0; y < vertical.weights.length; y++) {
      float[] weights = vertical.weights[y];
      for (int x = 0; x < width; x++) {
        float sum = 0;
        for (int i = 0; i < weights.length; i++) {
          sum += weights[i] * narrow[(vertical.first[y] + i) * width + x];
        }
        out[at + y * width + x] = (byte) Math.min(255, Math.round(sum));
      }
    }
  }

  /** For each target pixel, the first source pixel that counts, and how much each counts. */
  private static final class Filter {
    final int[] first;
    final float[][] weights;

    Filter(int from, int to) {
      first = new int[to];
      weights = new float[to][];
      double step = (double) from / to;
      double reach = Math.max(1, step);
      for (int i = 0; i < to; i++) {
        double centre = (i + 0.5) * step;
        first[i] = Math.max(0, (int) Math.floor(centre - reach + 0.5));
        int end = Math.min(from, (int) Math.floor(centre + reach + 0.5));
        weights[i] = weights(first[i], end, centre, reach);
      }
    }

    private static float[] weights(int first, int end, double centre, double reach) {
      float[] weights = new float[end - first];
      double sum = 0;
      for (int i = 0; i < weights.length; i++) {
        double weight = Math.max(0, 1 - Math.abs(first + i + 0.5 - centre) / reach);
        weights[i] = (float) weight;
        sum += weight;
      }
      for (int i = 0; i < weights.length; i++) {
        weights[i] = (float) (weights[i] / sum);
      }
      return weights;
    }
  }
}
