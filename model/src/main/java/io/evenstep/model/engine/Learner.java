package io.evenstep.model.engine;

import io.evenstep.model.network.dl4j.LayerRange;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.OptionalDouble;

/**
 * One thing that learns by sums over shards and one update a step: parameters, what is remembered
 * besides them, and the update. What a thread needs to compute a shard is in its {@link Pass}.
 *
 * <p>The regions are live, writing to them changes the learner, and they stay where they are, so
 * that they can be sent and received in place.
 */
public interface Learner {
  /** All parameters, [n], in DL4J's order. */
  Region parameters();

  /** Where {@link #apply} finds the sum over the global batch, [n]. */
  Region gradient();

  /** What is remembered from step to step besides the parameters; may be nothing. */
  List<StateSection> state();

  /** A pass for one thread; an engine may allow no more of them than it has memory for. */
  Pass pass();

  /**
   * Whether threads may share it: a {@link #pass}, a {@link #scorer} and a {@link #stepper} for
   * each of them. They compute side by side, but none computes while another steps.
   */
  default boolean isShareable() {
    return false;
  }

  /**
   * Ranges of the vector for so many threads, about as long as each other; together they cover it.
   *
   * @param parts 1, unless it {@link #isShareable}
   */
  default List<Range> cut(int parts) {
    if (parts != 1) {
      throw new IllegalArgumentException("This learner is for one thread, not for " + parts);
    }
    return List.of(new Range(0, parameters().length()));
  }

  /** One thread's part in taking steps. */
  default Stepper stepper() {
    return new Stepper() {
      @Override
      public void measure(long step, int epoch, int rows, Range range) {}

      @Override
      public void apply(long step, int epoch, int rows, Range range) {
        Learner.this.apply(step, epoch, rows, range);
      }
    };
  }

  /** Predictions and losses with the parameters as they stand, for the thread that trains. */
  Scorer scorer();

  /**
   * Takes one step, for a part of the parameters, from {@link #gradient()}: divides by {@code
   * rows}, clips, penalises, updates parameters and state. The gradient's content in that part is
   * undefined afterwards. The parts of a step cover the vector once. An engine that cannot divide
   * the work does all of it for the part that begins at 0.
   *
   * @param step global steps done before this one, at least 0 and below 2^31; the learner adds
   *     those that its network had taken when it was saved
   * @param epoch current epoch, from 0
   * @param rows rows of the global batch, at least 1
   * @param range the part
   * @throws io.evenstep.model.DivergedException when the gradient is not finite
   */
  void apply(long step, int epoch, int rows, Range range);

  /**
   * What computes it: processor, libraries and what they were told. Bits can be compared where it
   * is equal; it is kept in checkpoints.
   */
  String platform();

  /** The parts of the parameters that each layer learns, in order; empty where it is not known. */
  default List<LayerRange> layers() {
    return List.of();
  }

  /**
   * The learning rate that {@link #apply} takes for a step; empty where there is none.
   *
   * @param step global steps done before it
   * @param epoch current epoch, from 0
   */
  default OptionalDouble learningRate(long step, int epoch) {
    return OptionalDouble.empty();
  }

  /** Says that parameters or state were written by others than {@link #apply}. */
  void written();

  /**
   * Writes the network and its optimizer's state as an {@link Artifact} holds them: a zip that
   * DL4J's {@code ModelSerializer} restores.
   *
   * @throws IOException when {@code out} fails
   */
  void save(OutputStream out) throws IOException;
}
