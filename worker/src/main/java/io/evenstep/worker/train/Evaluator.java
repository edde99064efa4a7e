package io.evenstep.worker.train;

import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.engine.Scorer;
import java.util.List;
import java.util.Map;

/**
 * Metrics of some rows, which merge with those of others. Merging in a fixed order must give the
 * same bits wherever the rows were evaluated.
 */
public interface Evaluator {
  /** Takes labelled rows into account. */
  void add(Scorer scorer, MiniBatch batch);

  /** All it has gathered. */
  byte[] toBytes();

  /**
   * Takes what another one gathered, of rows that follow.
   *
   * @throws IllegalArgumentException when these bytes are no evaluator's of this kind
   */
  void merge(byte[] other);

  /**
   * Metrics by name, such as {@code test.loss} and {@code test.accuracy}.
   *
   * @param prefix of every name, without the dot
   */
  Map<String, Double> metrics(String prefix);

  /** [actual class][predicted class] rows of the first output; empty where it has no classes. */
  default List<List<Long>> confusion() {
    return List.of();
  }
}
