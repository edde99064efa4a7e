package io.evenstep.driver.plot.run;

import io.evenstep.model.data.Scaling;
import io.evenstep.model.data.Segment;
import io.evenstep.model.data.TensorEncoding;

/** Converts the numbers of an input between the data's own units and the network's. */
public final class PlaneScaling {
  private final TensorEncoding input;

  /** Reads the scaling of {@code input}, whose columns are single numbers. */
  public PlaneScaling(TensorEncoding input) {
    this.input = input;
  }

  /** The number in the data's units. */
  public double undone(int column, double scaled) {
    Scaled by = scaling(column);
    return by.by().undone(by.pair(), scaled);
  }

  /** The number as the network sees it. */
  public float done(int column, double plain) {
    Scaled by = scaling(column);
    return by.by().shift().isEmpty()
        ? (float) plain
        : (float) ((plain - by.by().shift().get(by.pair())) * by.by().scale().get(by.pair()));
  }

  /** The scaling of one of the columns. */
  private record Scaled(Scaling by, int pair) {}

  private Scaled scaling(int column) {
    int before = 0;
    for (Segment segment : input.segments()) {
      if (column < before + segment.width()) {
        int pairs = segment.scaling().shift().size();
        return new Scaled(segment.scaling(), pairs == segment.width() ? column - before : 0);
      }
      before += segment.width();
    }
    throw new IllegalArgumentException("Invalid column: must be below " + before);
  }
}
