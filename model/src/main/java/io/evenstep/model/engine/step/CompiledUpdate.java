package io.evenstep.model.engine.step;

import io.evenstep.model.DivergedException;
import io.evenstep.model.engine.Region;
import io.evenstep.model.engine.StateSection;
import io.evenstep.model.engine.step.update.FusedUpdate;
import io.evenstep.model.network.dl4j.Clipping;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.updater.BaseMultiLayerUpdater;

/** A whole step over all parameters: check, clip, update. */
final class CompiledUpdate {
  private final FusedUpdate update;
  private final long length;
  private final double clipNorm; // 0 for no limit

  private CompiledUpdate(FusedUpdate update, long length, double clipNorm) {
    this.update = update;
    this.length = length;
    this.clipNorm = clipNorm;
  }

  /** Empty where DL4J's updater does what is not covered. */
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
    FusedUpdate update =
        new FusedUpdate(
            updater,
            parameters.address(),
            gradient.address(),
            memory.map(Region::address).orElse(0L),
            memory.map(Region::length).orElse(0L),
            clipping.value());
    return Optional.of(new CompiledUpdate(update, parameters.length(), clipping.norm()));
  }

  /**
   * Takes a step.
   *
   * @param step steps taken before this one
   * @param rows of the global batch
   * @throws DivergedException when an entry of the gradient is not a finite number
   */
  void apply(int step, int epoch, int rows) {
    update.begin(step, epoch, rows);
    double squares = update.squares(0, length);
    if (!Double.isFinite(squares)) {
      throw new DivergedException(
          "Cannot go on: the gradient must be finite numbers, got a sum of squares of " + squares);
    }
    double norm = Math.sqrt(squares);
    if (clipNorm > 0 && norm > clipNorm) {
      update.scale(clipNorm / norm);
    }
    update.apply(0, length);
  }
}
