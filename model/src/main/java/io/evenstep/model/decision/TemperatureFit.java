package io.evenstep.model.decision;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the temperature at which the log loss of some rows is least. Keeps the first rows that it
 * is given, up to a limit. The rows of a pack are in random order, so these are a fair sample.
 * Merging in a fixed order gives the same bits.
 */
public final class TemperatureFit {
  private static final int MOST_ROWS = 16_384;
  private static final int MOST_NUMBERS = 1 << 20;

  /** Limits of the temperature's natural logarithm: about 0.05 to 20. */
  private static final double REACH = 3;

  private static final int STEPS = 50; // leaves 6 * 0.618^50, about 2e-10
  private static final double GOLDEN = (StrictMath.sqrt(5) - 1) / 2;
  private static final double LEAST_PROBABILITY = 1e-30;

  private final int most;

  /** Of each row, by class: logarithm of its probability, less that of the actual class. */
  private final List<double[]> examples = new ArrayList<>();

  /**
   * An empty fit.
   *
   * @param classes of the rows, at least 2
   */
  public TemperatureFit(int classes) {
    this.most = Math.min(MOST_ROWS, Math.max(1, MOST_NUMBERS / classes));
  }

  /**
   * Adds a row.
   *
   * @param probabilities by class
   * @param actual index of the row's class
   */
  public void add(double[] probabilities, int actual) {
    if (examples.size() < most) {
      double own = logarithm(probabilities[actual]);
      examples.add(Arrays.stream(probabilities).map(each -> logarithm(each) - own).toArray());
    }
  }

  private static double logarithm(double probability) {
    return StrictMath.log(Math.max(probability, LEAST_PROBABILITY));
  }

  /** Adds the rows of another fit behind these. */
  public void add(TemperatureFit other) {
    int room = Math.min(most - examples.size(), other.examples.size());
    examples.addAll(other.examples.subList(0, room));
  }

  /**
   * The temperature, by a golden-section search: the loss has a single minimum. It is 1 without
   * rows.
   */
  public double temperature() {
    if (examples.isEmpty()) {
      return 1;
    }
    double low = -REACH;
    double high = REACH;
    double left = high - GOLDEN * (high - low);
    double right = low + GOLDEN * (high - low);
    double lossLeft = loss(left);
    double lossRight = loss(right);
    for (int i = 0; i < STEPS; i++) {
      if (lossLeft <= lossRight) {
        high = right;
        right = left;
        lossRight = lossLeft;
        left = high - GOLDEN * (high - low);
        lossLeft = loss(left);
      } else {
        low = left;
        left = right;
        lossLeft = lossRight;
        right = low + GOLDEN * (high - low);
        lossRight = loss(right);
      }
    }
    return StrictMath.exp((low + high) / 2);
  }

  /** The sum of the log losses at a temperature, given its logarithm. */
  private double loss(double logTemperature) {
    double factor = StrictMath.exp(-logTemperature);
    double sum = 0;
    for (double[] gaps : examples) {
      double largest = 0; // the gap of the actual class
      for (double gap : gaps) {
        largest = Math.max(largest, gap);
      }
      double parts = 0;
      for (double gap : gaps) {
        parts += StrictMath.exp((gap - largest) * factor);
      }
      sum += StrictMath.log(parts) + largest * factor;
    }
    return sum;
  }

  /** Writes the rows. */
  public void write(DataOutputStream out) throws IOException {
    out.writeInt(examples.size());
    for (double[] gaps : examples) {
      out.writeInt(gaps.length);
      for (double gap : gaps) {
        out.writeDouble(gap);
      }
    }
  }

  /**
   * Reads the result of {@link #write}.
   *
   * @param classes of the rows
   */
  public static TemperatureFit read(DataInputStream in, int classes) throws IOException {
    TemperatureFit fit = new TemperatureFit(classes);
    int rows = in.readInt();
    for (int i = 0; i < rows; i++) {
      double[] gaps = new double[in.readInt()];
      for (int j = 0; j < gaps.length; j++) {
        gaps[j] = in.readDouble();
      }
      fit.examples.add(gaps);
    }
    return fit;
  }
}
