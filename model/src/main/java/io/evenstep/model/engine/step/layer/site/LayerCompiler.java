package io.evenstep.model.engine.step.layer.site;

import io.evenstep.model.engine.step.op.Value;
import java.util.Optional;
import org.deeplearning4j.nn.conf.layers.Layer;

/** Compiles one type of layer to operations. */
public interface LayerCompiler<L extends Layer> {
  /** What is not covered in this layer, in words; empty when everything is. */
  Optional<String> uncovered(L layer);

  /**
   * What a covered layer does with a mask of its input.
   *
   * @param isActive whether layers that work step by step must apply it
   */
  default MaskUse maskUse(L layer, boolean isActive) {
    return isActive ? MaskUse.UNCOVERED : MaskUse.PASSES;
  }

  /** Adds the operations of a covered layer; returns its output. */
  Value compile(L layer, Value in, Site site);
}
