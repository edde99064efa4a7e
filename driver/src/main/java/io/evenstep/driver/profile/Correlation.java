package io.evenstep.driver.profile;

import java.io.Serializable;

/** The correlation of two numeric columns (Chan, Golub and LeVeque, 1979). */
final class Correlation implements Serializable {
  private static final long serialVersionUID = 1L;

  private long count;
  private double meanX;
  private double meanY;
  private double xx;
  private double yy;
  private double xy;

  void add(double x, double y) {
    count++;
    double dx = x - meanX;
    double dy = y - meanY;
    meanX += dx / count;
    meanY += dy / count;
    xx += dx * (x - meanX);
    yy += dy * (y - meanY);
    xy += dx * (y - meanY);
  }

  void add(Correlation other) {
    if (other.count == 0) {
      return;
    }
    double all = count + other.count;
    double dx = other.meanX - meanX;
    double dy = other.meanY - meanY;
    double weight = count * other.count / all;
    xx += other.xx + dx * dx * weight;
    yy += other.yy + dy * dy * weight;
    xy += other.xy + dx * dy * weight;
    meanX += dx * other.count / all;
    meanY += dy * other.count / all;
    count += other.count;
  }

  /** From -1 to 1; 0 if a column is constant. */
  double value() {
    double scale = Math.sqrt(xx) * Math.sqrt(yy);
    return scale > 0 ? xy / scale : 0;
  }

  long count() {
    return count;
  }
}
