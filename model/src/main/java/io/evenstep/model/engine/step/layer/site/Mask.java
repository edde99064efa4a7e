package io.evenstep.model.engine.step.layer.site;

import io.evenstep.model.engine.step.op.Binding;
import java.util.Optional;

/**
 * Which steps of sequences count, on its way through a network's layers, as DL4J sends it.
 *
 * @param steps [rows, time], 1 for the first steps of a sequence and 0 for the rest
 * @param isActive whether layers that work step by step have to heed it
 */
public record Mask(Binding steps, boolean isActive) {
  /** What the layers behind one that is covered get. */
  public Optional<Mask> behind(MaskUse use) {
    return switch (use) {
      case PASSES -> Optional.of(this);
      case RESTS -> Optional.of(new Mask(steps, false));
      default -> Optional.empty();
    };
  }
}
