package io.evenstep.model.engine.step.layer.site;

import io.evenstep.model.engine.step.op.Value;
import java.util.Optional;
import org.deeplearning4j.nn.conf.layers.Layer;

/** How one type of layer becomes operations. */
public interface LayerCompiler<L extends Layer> {
  /** What of this layer there are no operations for, as words; empty when nothing. */
  Optional<String> uncovered(L layer);

  /**
   * What a covered layer does with a mask of its input.
   *
   * @param isActive whether layers that work step by step have to heed it
   */
  default MaskUse maskUse(L layer, boolean isActive) {
    return isActive ? MaskUse.UNCOVERED : MaskUse.PASSES;
  }

  /** Adds the operations of a covered layer; returns what comes out of it. */
  Value compile(L layer, Value in, Site site);
}
