package io.evenstep.model.engine.step.op;

import io.evenstep.model.engine.step.kernel.Layout;
import io.evenstep.model.engine.step.kernel.Tensor;
import java.nio.FloatBuffer;

/**
 * Mean and variance of each channel over the whole run. DL4J keeps them among the parameters. The
 * gradient holds the shard's change of them, times the shard's rows; the optimizer subtracts it.
 */
public final class RunningStatistics {
  private static final double LN_10 = StrictMath.log(10);

  /**
   * The user's settings.
   *
   * @param decay share of the running statistics that is kept at a step
   * @param isLogarithm whether the variance is stored as the decimal logarithm of its root
   */
  public record Settings(double decay, boolean isLogarithm) {}

  private final Settings settings;
  private final boolean training;
  private final int channels;
  private final long rows;
  private final Tensor flat; // means, then variances, in the parameters
  private final Tensor known; // a copy of these
  private final FloatBuffer knownFloats;
  private final Tensor change;
  private final FloatBuffer changeFloats;
  private final Tensor flatChange; // the same, in the gradient
  private final Tensor mean; // of the shard, or running
  private final FloatBuffer meanFloats;
  private final Tensor variance;
  private final FloatBuffer varianceFloats;

  RunningStatistics(Assembly assembly, long offset, long channels, long rows, Settings settings) {
    this.settings = settings;
    this.training = assembly.isTraining();
    this.channels = Math.toIntExact(channels);
    this.rows = rows;
    this.flat = assembly.parameter(offset, Layout.plain(2 * channels));
    this.flatChange = assembly.gradient(offset, Layout.plain(2 * channels));
    this.known = assembly.allocate(Layout.plain(2 * channels));
    this.knownFloats = known.floats();
    this.change = assembly.allocate(Layout.plain(2 * channels));
    this.changeFloats = change.floats();
    this.mean = assembly.allocate(Layout.plain(channels));
    this.meanFloats = mean.floats();
    this.variance = assembly.allocate(Layout.plain(channels));
    this.varianceFloats = variance.floats();
  }

  /** The means, which the kernel writes in training and reads in inference. */
  Tensor mean() {
    return mean;
  }

  /** The variances, which the kernel writes in training and reads in inference. */
  Tensor variance() {
    return variance;
  }

  /** Reads the parameters. */
  void load() {
    known.copyFrom(flat.address());
    for (int i = 0; i < channels && !training; i++) {
      meanFloats.put(i, knownFloats.get(i));
      varianceFloats.put(i, (float) runningVariance(i));
    }
  }

  private double runningVariance(int channel) {
    double kept = knownFloats.get(channels + channel);
    return settings.isLogarithm() ? StrictMath.pow(10, 2 * kept) : kept;
  }

  /** Writes the last shard's change of the statistics into the gradient. */
  void write() {
    double share = 1 - settings.decay();
    for (int i = 0; i < channels; i++) {
      double mean = knownFloats.get(i) - (double) meanFloats.get(i);
      changeFloats.put(i, (float) (rows * share * mean));
      changeFloats.put(channels + i, (float) (rows * spread(i, share)));
    }
    flatChange.copyFrom(change.address());
  }

  private double spread(int channel, double share) {
    double before = runningVariance(channel);
    double seen = varianceFloats.get(channel);
    return settings.isLogarithm()
        ? StrictMath.log(before / (settings.decay() * before + share * seen)) / (2 * LN_10)
        : share * (before - seen);
  }
}
