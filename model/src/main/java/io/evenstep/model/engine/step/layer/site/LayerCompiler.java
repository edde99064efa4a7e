package io.evenstep.model.engine.step.layer.site;

import io.evenstep.model.engine.step.op.Assembly;
import io.evenstep.model.engine.step.op.Binding;
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

  /**
   * The mask of the steps of the output. Layers whose windows move over steps have another one.
   *
   * @param steps [rows, time], the mask of the input
   * @param in the input
   */
  default Binding behind(L layer, Binding steps, Value in, Assembly assembly) {
    return steps;
  }

  /** Adds the operations of a covered layer; returns its output. */
  Value compile(L layer, Value in, Site site);
}
