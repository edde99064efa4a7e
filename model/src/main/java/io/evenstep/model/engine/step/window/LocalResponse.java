package io.evenstep.model.engine.step.window;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WORKSPACE;

import io.evenstep.model.engine.step.kernel.Kernel;
import io.evenstep.model.engine.step.kernel.Tensor;
import io.evenstep.model.engine.step.op.Assembly;
import io.evenstep.model.engine.step.op.KernelsOp;
import io.evenstep.model.engine.step.op.Value;
import io.evenstep.model.layer.LocalResponseNorm;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.lrn_backward;
import org.bytedeco.dnnl.lrn_forward;
import org.bytedeco.dnnl.memory;

/** Adds a local response normalization across channels. */
public final class LocalResponse {
  private LocalResponse() {}

  /**
   * @param in [rows, channels, height, width]
   */
  public static Value add(Assembly assembly, Value in, LocalResponseNorm layer) {
    float alpha = (float) (layer.alpha() * layer.size()); // oneDNN takes the mean, not the sum
    lrn_forward.primitive_desc forward =
        new lrn_forward.primitive_desc(
            assembly.engine(),
            in.slope().isPresent() ? prop_kind.forward_training : prop_kind.forward_inference,
            algorithm.lrn_across_channels,
            in.layout(),
            in.layout(),
            layer.size(),
            alpha,
            (float) layer.beta(),
            (float) layer.k(),
            assembly.attributes(),
            false);
    Value out = assembly.resultLike(in, in.layout(), in.dims());
    Map<Integer, Tensor> ahead = new HashMap<>();
    ahead.put(DNNL_ARG_SRC, in.data());
    Map<Integer, Tensor> back = new HashMap<>(ahead);
    memory.desc kept = forward.workspace_desc();
    if (kept.get_size() > 0) {
      Tensor workspace = assembly.allocate(kept);
      ahead.put(DNNL_ARG_WORKSPACE, workspace);
      back.put(DNNL_ARG_WORKSPACE, workspace);
    }
    ahead.put(DNNL_ARG_DST, out.data());
    Optional<Kernel> backward =
        in.slope().map(slope -> backward(assembly, forward, layer, out, slope, back));
    assembly.add(
        new KernelsOp(
            List.of(), List.of(assembly.kernel(forward, ahead)), backward.stream().toList()));
    return out;
  }

  private static Kernel backward(
      Assembly assembly,
      lrn_forward.primitive_desc forward,
      LocalResponseNorm layer,
      Value out,
      Tensor inputSlope,
      Map<Integer, Tensor> arguments) {
    arguments.put(DNNL_ARG_DIFF_DST, out.slope().orElseThrow());
    arguments.put(DNNL_ARG_DIFF_SRC, inputSlope);
    return assembly.kernel(
        new lrn_backward.primitive_desc(
            assembly.engine(),
            algorithm.lrn_across_channels,
            out.layout(),
            out.layout(),
            out.layout(),
            layer.size(),
            (float) (layer.alpha() * layer.size()),
            (float) layer.beta(),
            (float) layer.k(),
            forward,
            assembly.attributes(),
            false),
        arguments);
  }
}
