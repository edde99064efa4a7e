package io.evenstep.model.engine.step;

import io.evenstep.model.DivergedException;
import io.evenstep.model.engine.Range;
import io.evenstep.model.engine.Region;
import io.evenstep.model.engine.StateSection;
import io.evenstep.model.engine.step.update.FusedUpdate;
import io.evenstep.model.network.dl4j.Clipping;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.deeplearning4j.nn.updater.BaseMultiLayerUpdater;

/**
 * A step over all parameters: check, clip, update. Threads divide the work, each with its own
 * {@link FusedUpdate}. The squares of the gradient are added up piece by piece, so that their sum
 * has the same bits for any number of threads.
 */
final class CompiledUpdate {
  private final Supplier<FusedUpdate> updates;
  private final List<Long> starts; // of the pieces
  private final double[] squares; // by piece; 0 or NaN if there is no limit
  private final long length;
  private final double clipNorm; // 0 for no limit

  private CompiledUpdate(Supplier<FusedUpdate> updates, long length, double clipNorm) {
    this.updates = updates;
    this.starts = updates.get().starts();
    this.squares = new double[starts.size()];
    this.length = length;
    this.clipNorm = clipNorm;
  }

  /** Empty when DL4J's updater does something that is not covered. */
  static Optional<CompiledUpdate> of(
      BaseMultiLayerUpdater<?> updater,
      Region parameters,
      Region gradient,
      List<StateSection> state,
      Clipping clipping) {
    if (FusedUpdate.uncovered(updater).isPresent()) {
      return Optional.empty();
    }
    Optional<Region> memory = state.stream().findFirst().map(StateSection::region);
    Supplier<FusedUpdate> updates =
        () ->
            new FusedUpdate(
                updater,
                parameters.address(),
                gradient.address(),
                memory.map(Region::address).orElse(0L),
                memory.map(Region::length).orElse(0L),
                clipping.value());
    return Optional.of(new CompiledUpdate(updates, parameters.length(), clipping.norm()));
  }

  /** Ranges for this many threads. They begin where pieces begin. */
  List<Range> cut(int parts) {
    List<Range> ranges = new ArrayList<>();
    long from = 0;
    for (int part = 1; part <= parts; part++) {
      long to = part == parts ? length : startAt(length * part / parts);
      ranges.add(new Range(from, Math.max(from, to)));
      from = Math.max(from, to);
    }
    return ranges;
  }

  /** The last start at or before this position. */
  private long startAt(long place) {
    long last = 0;
    for (long start : starts) {
      last = start <= place ? start : last;
    }
    return last;
  }

  /** One thread's part. */
  Part part() {
    return new Part(updates.get());
  }

  /** One thread's part of a step. */
  final class Part {
    private final FusedUpdate update;

    private Part(FusedUpdate update) {
      this.update = update;
    }

    /**
     * Measures a range of the gradient.
     *
     * @param step steps taken before this one
     * @param rows of the global batch
     */
    void measure(int step, int epoch, int rows, Range range) {
      update.begin(step, epoch, rows);
      boolean isFinite = clipNorm > 0 || update.isFinite(range.from(), range.to());
      for (int piece = 0; piece < squares.length; piece++) {
        long from = starts.get(piece);
        if (range.from() <= from && from < range.to()) {
          long to = piece + 1 < squares.length ? starts.get(piece + 1) : length;
          squares[piece] = clipNorm > 0 ? update.squares(from, to) : isFinite ? 0 : Double.NaN;
        }
      }
    }

    /**
     * Takes the step in a range, after all ranges were measured.
     *
     * @throws DivergedException when an entry of the gradient is not a finite number
     */
    void apply(Range range) {
      double sum = 0;
      for (double piece : squares) {
        sum += piece;
      }
      if (!Double.isFinite(sum)) {
        throw new DivergedException(
            "Cannot continue: an entry of the gradient is not a finite number");
      }
      double norm = Math.sqrt(sum);
      if (clipNorm > 0 && norm > clipNorm) {
        update.scale(clipNorm / norm);
      }
      update.apply(range.from(), range.to());
    }
  }
}
