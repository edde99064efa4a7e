package io.evenstep.model.engine.step.layer.site;

import io.evenstep.model.engine.step.op.Binding;
import java.util.Optional;

/**
 * Which steps of sequences count, as DL4J passes it through a network's layers.
 *
 * @param steps [rows, time], 1 for the first steps of a sequence and 0 for the rest
 * @param isActive whether layers that work step by step must apply it
 */
public record Mask(Binding steps, boolean isActive) {
  /** The mask for the layers after a covered one. */
  public Optional<Mask> behind(MaskUse use) {
    return switch (use) {
      case PASSES -> Optional.of(this);
      case RESTS -> Optional.of(new Mask(steps, false));
      default -> Optional.empty();
    };
  }
}
