package io.evenstep.model.engine;

import io.evenstep.model.network.dl4j.LayerRange;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Something that learns by a sum over shards and one update per step: its parameters, its state and
 * the update. What a thread needs to compute a shard is in its {@link Pass}.
 *
 * <p>The regions are live: writing to them changes the learner. They never move, so they can be
 * sent and received in place.
 */
public interface Learner {
  /** All parameters, [n], in DL4J's order. */
  Region parameters();

  /** Where {@link #apply} reads the sum over the global batch, [n]. */
  Region gradient();

  /** The state kept from step to step besides the parameters; may be empty. */
  List<StateSection> state();

  /** A pass for one thread. An engine may limit how many there are. */
  Pass pass();

  /**
   * Whether threads may share it, each with its own {@link #pass}, {@link #scorer} and {@link
   * #stepper}. They may compute at the same time, but not while another thread applies a step.
   */
  default boolean isShareable() {
    return false;
  }

  /**
   * Ranges of the vector for this many threads, of about equal length; together they cover it.
   *
   * @param parts 1, unless {@link #isShareable}
   */
  default List<Range> cut(int parts) {
    if (parts != 1) {
      throw new IllegalArgumentException("This learner is for one thread, not for " + parts);
    }
    return List.of(new Range(0, parameters().length()));
  }

  /** One thread's part of taking steps. */
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

  /** Predictions and losses with the current parameters, for the thread that trains. */
  Scorer scorer();

  /**
   * Takes one step over a part of the parameters, from {@link #gradient()}: divides by {@code
   * rows}, clips, adds penalties, updates parameters and state. Afterwards that part of the
   * gradient is undefined. The parts of a step cover the vector once. An engine that cannot divide
   * the work does all of it for the part that begins at 0.
   *
   * @param step global steps before this one, at least 0 and below 2^31; the learner adds those
   *     that its network had when it was saved
   * @param epoch current epoch, from 0
   * @param rows rows of the global batch, at least 1
   * @param range the part
   * @throws io.evenstep.model.DivergedException when the gradient is not finite
   */
  void apply(long step, int epoch, int rows, Range range);

  /**
   * What computes it: processor, libraries and their settings. Bits are comparable when these are
   * equal. Kept in checkpoints.
   */
  String platform();

  /** The parts of the parameters that each layer learns, in order; empty when unknown. */
  default List<LayerRange> layers() {
    return List.of();
  }

  /** The parts of the vector that are batch statistics rather than gradients, in order. */
  default List<LayerRange> statistics() {
    return List.of();
  }

  /**
   * The learning rate that {@link #apply} uses for a step; empty when there is none.
   *
   * @param step global steps before it
   * @param epoch current epoch, from 0
   */
  default OptionalDouble learningRate(long step, int epoch) {
    return OptionalDouble.empty();
  }

  /** To be called after anything but {@link #apply} has written to parameters or state. */
  void written();

  /**
   * Writes the network and its optimizer's state in the format of an {@link Artifact}: a zip that
   * DL4J's {@code ModelSerializer} can restore.
   *
   * @throws IOException when {@code out} fails
   */
  void save(OutputStream out) throws IOException;
}
