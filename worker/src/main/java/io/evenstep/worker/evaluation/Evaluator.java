package io.evenstep.worker.evaluation;

import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.data.Predictions;
import io.evenstep.model.engine.Scorer;
import io.evenstep.model.metric.CalibrationBin;
import io.evenstep.model.metric.RowPicks;
import io.evenstep.model.metric.ThresholdCurve;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Metrics of some rows, which merge with those of others. Merging in a fixed order must give the
 * same bits wherever the rows were evaluated.
 */
public interface Evaluator {
  /** Takes labelled rows into account. */
  void add(Scorer scorer, MiniBatch batch);

  /**
   * Takes labelled rows into account, and shows what the network says of them.
   *
   * @param watcher sees the predictions, which are closed after it; may see none
   */
  default void add(Scorer scorer, MiniBatch batch, Consumer<Predictions> watcher) {
    add(scorer, batch);
  }

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

  /** The curves of each class of the first output; empty where it has no classes. */
  default List<ThresholdCurve> curves() {
    return List.of();
  }

  /** Whether the first output's probabilities mean what they say; empty where it has none. */
  default List<CalibrationBin> calibration() {
    return List.of();
  }

  /** Picks rows as the first output's task has it; empty where nothing can be picked. */
  default Optional<RowPicks> picks() {
    return Optional.empty();
  }
}
