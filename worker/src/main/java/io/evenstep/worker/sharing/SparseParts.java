package io.evenstep.worker.sharing;

import io.evenstep.model.engine.Range;
import java.util.ArrayList;
import java.util.List;

/**
 * Which entries of the flat vector are gradients, which are sent sparsely, and which are batch
 * statistics, which are sent whole: a statistic that came late would be applied several times.
 *
 * @param vector entries of the whole vector
 * @param gradients ranges, ascending
 * @param statistics the rest, ascending
 */
public record SparseParts(long vector, List<Range> gradients, List<Range> statistics) {
  /** Copies the lists. */
  public SparseParts {
    gradients = List.copyOf(gradients);
    statistics = List.copyOf(statistics);
  }

  /**
   * The parts of a vector.
   *
   * @param statistics ranges of batch statistics, ascending
   */
  public static SparseParts of(long vector, List<Range> statistics) {
    List<Range> gradients = new ArrayList<>();
    long at = 0;
    for (Range each : statistics) {
      if (each.from() > at) {
        gradients.add(new Range(at, each.from()));
      }
      at = each.to();
    }
    if (at < vector) {
      gradients.add(new Range(at, vector));
    }
    return new SparseParts(vector, gradients, statistics);
  }

  /** How many entries are gradients. */
  public long length() {
    return gradients.stream().mapToLong(range -> range.to() - range.from()).sum();
  }
}
