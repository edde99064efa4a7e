package io.evenstep.driver.sweep;

import io.evenstep.model.ConfigException;
import io.evenstep.model.SplitMix64;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The keys of a job that a sweep varies, and the values to try for each. */
public final class SearchSpace {
  private final List<Dimension> dimensions;

  private SearchSpace(List<Dimension> dimensions) {
    this.dimensions = List.copyOf(dimensions);
  }

  /**
   * Parses the command-line options.
   *
   * @param over by key, such as {@code log:1e-4..1e-1} or {@code [16, 32]}; at least one
   * @throws ConfigException for the first invalid option
   */
  public static SearchSpace of(Map<String, String> over) {
    if (over.isEmpty()) {
      throw new ConfigException(
          "--over", "must be given, as in training.optimizer.learningRate=log:1e-4..1e-1", "none");
    }
    List<Dimension> dimensions = new ArrayList<>();
    over.forEach((key, text) -> dimensions.add(Dimension.parse(key, text)));
    return new SearchSpace(dimensions);
  }

  /** The keys in order. */
  List<String> keys() {
    return dimensions.stream().map(Dimension::key).toList();
  }

  /**
   * The values of one trial by key. They depend only on the seed and the trial's number.
   *
   * @param trial from 1
   */
  Map<String, String> drawn(long seed, int trial) {
    SplitMix64 random = new SplitMix64(SplitMix64.mix(seed) + trial * SplitMix64.GOLDEN);
    Map<String, String> values = new LinkedHashMap<>();
    for (Dimension dimension : dimensions) {
      values.put(dimension.key(), dimension.values().drawn(random.split()));
    }
    return values;
  }

  /** A text that is equal for equal search spaces. */
  @Override
  public String toString() {
    return dimensions.toString();
  }
}
