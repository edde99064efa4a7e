package io.evenstep.model.augment.pixel;

/**
 * Where each pixel of a new image comes from in the old one: {@code x' = xx x + xy y + x0}, {@code
 * y' = yx x + yy y + y0}, in pixels from the image's centre, x to the right and y down.
 */
public final class Affine {
  private double xx;
  private double xy;
  private double x0;
  private double yx;
  private double yy;
  private double y0;
  private boolean changed;

  public Affine() {
    reset();
  }

  /** Resets to the identity. */
  public void reset() {
    xx = 1;
    xy = 0;
    x0 = 0;
    yx = 0;
    yy = 1;
    y0 = 0;
    changed = false;
  }

  /** Whether anything was added since the last reset. */
  public boolean isChanged() {
    return changed;
  }

  /** Adds a linear map, applied after the maps so far. */
  public void join(double xByX, double xByY, double yByX, double yByY) {
    double newXx = xx * xByX + xy * yByX;
    double newXy = xx * xByY + xy * yByY;
    double newYx = yx * xByX + yy * yByX;
    double newYy = yx * xByY + yy * yByY;
    xx = newXx;
    xy = newXy;
    yx = newYx;
    yy = newYy;
    changed = true;
  }

  /** Adds a move of the source position by this many pixels, applied after the maps so far. */
  public void joinMove(double x, double y) {
    x0 += xx * x + xy * y;
    y0 += yx * x + yy * y;
    changed = true;
  }

  public double x(double x, double y) {
    return xx * x + xy * y + x0;
  }

  public double y(double x, double y) {
    return yx * x + yy * y + y0;
  }
}
