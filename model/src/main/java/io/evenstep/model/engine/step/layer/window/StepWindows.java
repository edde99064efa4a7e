package io.evenstep.model.engine.step.layer.window;

import io.evenstep.model.engine.step.layer.site.MaskUse;
import io.evenstep.model.engine.step.op.Assembly;
import io.evenstep.model.engine.step.op.Binding;
import io.evenstep.model.engine.step.op.Value;
import io.evenstep.model.engine.step.sequence.WindowMaskOp;
import io.evenstep.model.engine.step.window.Window;
import org.deeplearning4j.nn.conf.ConvolutionMode;

/**
 * Windows over steps of sequences of unequal lengths. Like DL4J's layers, they read masked steps
 * and only pass on which windows count.
 */
final class StepWindows {
  private StepWindows() {}

  static MaskUse maskUse(ConvolutionMode mode, int stride) {
    return mode == ConvolutionMode.Causal && stride > 1 ? MaskUse.UNCOVERED : MaskUse.PASSES;
  }

  /**
   * The mask of the windows. With as many windows as steps, it is that of the steps.
   *
   * @param steps [rows, time]
   * @param in [rows, size, time]
   */
  static Binding mask(
      ConvolutionMode mode, Window window, Binding steps, Value in, Assembly assembly) {
    boolean isSame = mode == ConvolutionMode.Same || mode == ConvolutionMode.Causal;
    return isSame && window.stride()[0] == 1
        ? steps
        : WindowMaskOp.add(assembly, steps, window, in.size(0), in.size(2));
  }
}
