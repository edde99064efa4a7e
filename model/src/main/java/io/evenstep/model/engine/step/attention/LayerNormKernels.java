package io.evenstep.model.engine.step.attention;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SCALE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SHIFT;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_MEAN;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SCALE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SHIFT;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_VARIANCE;

import io.evenstep.model.engine.step.kernel.Kernel;
import io.evenstep.model.engine.step.kernel.Layout;
import io.evenstep.model.engine.step.kernel.Tensor;
import io.evenstep.model.engine.step.op.Assembly;
import io.evenstep.model.engine.step.op.KernelsOp;
import io.evenstep.model.engine.step.op.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.layer_normalization_backward;
import org.bytedeco.dnnl.layer_normalization_forward;
import org.bytedeco.dnnl.memory;

/** Adds a layer normalization of rows (Ba and others 2016). */
public final class LayerNormKernels {
  private static final int FLAGS = dnnl.dnnl_use_scale | dnnl.dnnl_use_shift;

  private LayerNormKernels() {}

  /**
   * @param in [rows, size] in C order
   * @param offset of the gain in the flat vector; the bias follows it
   * @return [rows, size]
   */
  public static Value add(Assembly assembly, Value in, long offset, float epsilon) {
    layer_normalization_forward.primitive_desc description =
        new layer_normalization_forward.primitive_desc(
            assembly.engine(),
            dnnl.dnnl_forward_training,
            in.layout(),
            in.layout(),
            Layout.plain(in.size(0)),
            epsilon,
            FLAGS,
            assembly.attributes(),
            false);
    memory.desc size = Layout.plain(in.size(1));
    Map<Integer, Tensor> known = new HashMap<>();
    known.put(DNNL_ARG_SRC, in.data());
    known.put(DNNL_ARG_MEAN, assembly.allocate(Layout.plain(in.size(0))));
    known.put(DNNL_ARG_VARIANCE, assembly.allocate(Layout.plain(in.size(0))));
    known.put(DNNL_ARG_SCALE, assembly.parameter(offset, size));
    Value out = assembly.result(in.layout(), in.dims());
    Optional<Kernel> backward =
        out.slope().map(slope -> backward(assembly, description, known, in, slope, offset));
    known.put(DNNL_ARG_SHIFT, assembly.parameter(offset + in.size(1), size));
    known.put(DNNL_ARG_DST, out.data());
    assembly.add(
        new KernelsOp(
            List.of(), List.of(assembly.kernel(description, known)), backward.stream().toList()));
    return out;
  }

  private static Kernel backward(
      Assembly assembly,
      layer_normalization_forward.primitive_desc forward,
      Map<Integer, Tensor> known,
      Value in,
      Tensor slope,
      long offset) {
    memory.desc size = Layout.plain(in.size(1));
    Map<Integer, Tensor> arguments = new HashMap<>(known);
    arguments.put(DNNL_ARG_DIFF_DST, slope);
    arguments.put(DNNL_ARG_DIFF_SRC, in.slope().orElseGet(() -> assembly.allocate(in.layout())));
    arguments.put(DNNL_ARG_DIFF_SCALE, assembly.gradient(offset, size));
    arguments.put(DNNL_ARG_DIFF_SHIFT, assembly.gradient(offset + in.size(1), size));
    return assembly.kernel(
        new layer_normalization_backward.primitive_desc(
            assembly.engine(),
            dnnl.dnnl_backward,
            in.layout(),
            in.layout(),
            in.layout(),
            Layout.plain(in.size(0)),
            forward.get_epsilon(),
            FLAGS,
            forward,
            assembly.attributes(),
            false),
        arguments);
  }
}
