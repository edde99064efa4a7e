package io.evenstep.worker.evaluation;

import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.data.Predictions;
import io.evenstep.model.decision.Decision;
import io.evenstep.model.decision.DecisionPlan;
import io.evenstep.model.engine.Scorer;
import io.evenstep.model.metric.RowPicks;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Metrics of some rows, which can be merged with those of others. Merging in a fixed order must
 * give the same bits, wherever the rows were evaluated.
 */
public interface Evaluator {
  /** Adds labelled rows. */
  void add(Scorer scorer, MiniBatch batch);

  /**
   * Adds labelled rows and shows their predictions.
   *
   * @param watcher receives the predictions, which are closed afterwards; may receive none
   */
  default void add(Scorer scorer, MiniBatch batch, Consumer<Predictions> watcher) {
    add(scorer, batch);
  }

  /** Its state as bytes. */
  byte[] toBytes();

  /**
   * Merges the state of another evaluator, over the rows that follow.
   *
   * @throws IllegalArgumentException when the bytes are not from an evaluator of this kind
   */
  void merge(byte[] other);

  /**
   * Metrics by name, such as {@code test.loss} and {@code test.accuracy}.
   *
   * @param prefix of every name, without the dot
   */
  Map<String, Double> metrics(String prefix);

  /**
   * The confusion matrix of the first output, [actual class][predicted class]; empty when it has no
   * classes.
   */
  default List<List<Long>> confusion() {
    return List.of();
  }

  /** Details of each output, without picked rows; empty if it knows none. */
  default List<TestDetail> details() {
    return List.of();
  }

  /** The decisions that suit the rows, one for each output; empty if it does not learn any. */
  default List<Decision> learned(DecisionPlan plan) {
    return List.of();
  }

  /** Picks rows for the task of each output; empty when nothing can be picked. */
  default List<RowPicks> picks() {
    return List.of();
  }
}
