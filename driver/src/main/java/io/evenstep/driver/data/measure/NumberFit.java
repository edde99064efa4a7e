package io.evenstep.driver.data.measure;

import io.evenstep.driver.data.spec.DataSpec.Normalization;
import io.evenstep.driver.data.spec.Shaping;
import io.evenstep.model.data.column.Transform;
import io.evenstep.model.data.column.Transform.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The transforms and the scale of a column, fitted to values of its training rows.
 *
 * @param transforms applied first, in order
 * @param shift subtracted from the transformed number
 * @param scale the factor; 1 for a constant column
 */
public record NumberFit(List<Transform> transforms, double shift, double scale) {
  private static final int MOST_RANKS = 256;

  /** Copies the list. */
  public NumberFit {
    transforms = List.copyOf(transforms);
  }

  /**
   * Fits a column.
   *
   * @param sorted its values, or a sample of them, in rising order; may be empty
   */
  public static NumberFit of(Shaping shaping, Normalization normalize, double[] sorted) {
    List<Transform> transforms = new ArrayList<>();
    double[] values = clipped(shaping, sorted, transforms);
    Kind function =
        switch (shaping.transform()) {
          case NONE -> Kind.CLIP;
          case LOG -> Kind.LOG;
          case SIGNED_LOG -> Kind.SIGNED_LOG;
          case POWER -> Kind.POWER;
        };
    if (function != Kind.CLIP) {
      List<Double> by = function == Kind.POWER ? List.of(YeoJohnson.lambda(values)) : List.of();
      values = applied(new Transform(function, by), values, transforms);
    }
    return scaled(normalize, values, transforms);
  }

  /** Whether the transforms have a result for every number, however small or large. */
  public boolean takesAll() {
    Transform.Function all = Transform.chain(transforms);
    return Double.isFinite(all.of(-Double.MAX_VALUE)) && Double.isFinite(all.of(Double.MAX_VALUE));
  }

  private static double[] clipped(Shaping shaping, double[] values, List<Transform> transforms) {
    List<Double> limits = shaping.clip();
    if (!shaping.clipQuantiles().isEmpty()) {
      limits =
          List.of(
              quantile(values, shaping.clipQuantiles().get(0)),
              quantile(values, shaping.clipQuantiles().get(1)));
    }
    return limits.isEmpty()
        ? values
        : applied(new Transform(Kind.CLIP, limits), values, transforms);
  }

  private static double[] applied(
      Transform transform, double[] values, List<Transform> transforms) {
    transforms.add(transform);
    Transform.Function function = transform.function();
    return Arrays.stream(values).map(function::of).filter(Double::isFinite).toArray();
  }

  private static NumberFit scaled(
      Normalization normalize, double[] values, List<Transform> transforms) {
    double least = values.length == 0 ? 0 : values[0];
    double most = values.length == 0 ? 0 : values[values.length - 1];
    return switch (normalize) {
      case NONE -> new NumberFit(transforms, 0, 1);
      case STANDARD -> {
        double mean = mean(values);
        double[] squares = Arrays.stream(values).map(x -> (x - mean) * (x - mean)).toArray();
        yield of(transforms, mean, Math.sqrt(mean(squares)));
      }
      case MIN_MAX -> of(transforms, least, most - least);
      case SCALE -> of(transforms, 0, Math.max(Math.abs(least), Math.abs(most)));
      case ROBUST -> {
        double width = quantile(values, 0.75) - quantile(values, 0.25);
        yield of(transforms, quantile(values, 0.5), width > 0 ? width : most - least);
      }
      case QUANTILE -> {
        if (values.length > 0) {
          transforms.add(ranks(values));
        }
        yield new NumberFit(transforms, 0, 1);
      }
    };
  }

  private static NumberFit of(List<Transform> transforms, double shift, double width) {
    return new NumberFit(transforms, shift, width > 0 ? 1 / width : 1);
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return values.length == 0 ? 0 : sum / values.length;
  }

  /** Equal values share their middle rank; with many values, some evenly spaced ones are kept. */
  private static Transform ranks(double[] sorted) {
    List<Double> values = new ArrayList<>();
    List<Double> ranks = new ArrayList<>();
    double last = Math.max(1, sorted.length - 1);
    long due = 0; // the next place of which a value is kept
    for (int first = 0; first < sorted.length; ) {
      int end = first + 1;
      while (end < sorted.length && sorted[end] == sorted[first]) {
        end++;
      }
      if (end > due || end == sorted.length) {
        values.add(sorted[first]);
        ranks.add(sorted.length == 1 ? 0 : (first + end - 1) / last - 1);
        due = end - 1 + Math.max(1, sorted.length / MOST_RANKS);
      }
      first = end;
    }
    values.addAll(ranks);
    return new Transform(Kind.RANK, values);
  }

  /** Linear between the two nearest values; 0 without values. */
  static double quantile(double[] sorted, double share) {
    if (sorted.length == 0) {
      return 0;
    }
    double place = share * (sorted.length - 1);
    int below = (int) Math.floor(place);
    int above = Math.min(sorted.length - 1, below + 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }
}
