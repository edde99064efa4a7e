package io.evenstep.model.engine.step.window;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;

import io.evenstep.model.engine.step.kernel.Kernel;
import io.evenstep.model.engine.step.kernel.Layout;
import io.evenstep.model.engine.step.kernel.Tensor;
import io.evenstep.model.engine.step.op.Assembly;
import io.evenstep.model.engine.step.op.KernelsOp;
import io.evenstep.model.engine.step.op.Value;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.eltwise_forward;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.pooling_backward;
import org.bytedeco.dnnl.pooling_forward;

/**
 * Adds a repetition of rows and columns. It is mean pooling reversed: the backward pass of pooling
 * spreads a number over its window, and its forward pass adds up a window. Both divide by the
 * window's size, so the result is multiplied by it.
 */
public final class UpsamplingOp {
  private final Assembly assembly;
  private final float points; // of the window
  private final pooling_forward.primitive_desc pooling;

  private UpsamplingOp(Assembly assembly, float points, pooling_forward.primitive_desc pooling) {
    this.assembly = assembly;
    this.points = points;
    this.pooling = pooling;
  }

  /**
   * @param given [rows, channels, height, width]
   */
  public static Value add(Assembly assembly, Value given, long timesHigh, long timesWide) {
    Value in = assembly.plain(given);
    long[] dims = in.dims();
    long[] outDims = {dims[0], dims[1], dims[2] * timesHigh, dims[3] * timesWide};
    long[] window = {timesHigh, timesWide};
    long[] none = {0, 0};
    pooling_forward.primitive_desc pooling =
        new pooling_forward.primitive_desc(
            assembly.engine(),
            prop_kind.forward_training,
            algorithm.pooling_avg_include_padding,
            Layout.plain(outDims),
            in.layout(),
            window,
            window,
            none,
            none,
            none,
            assembly.attributes(),
            false);
    Value out = assembly.resultLike(in, Layout.plain(outDims), outDims);
    UpsamplingOp op = new UpsamplingOp(assembly, timesHigh * timesWide, pooling);
    assembly.add(
        new KernelsOp(
            List.of(),
            op.spread(in.data(), out.data(), window),
            in.slope().map(slope -> op.addUp(out.slope().orElseThrow(), slope)).orElse(List.of())));
    return out;
  }

  private List<Kernel> spread(Tensor in, Tensor out, long[] window) {
    long[] none = {0, 0};
    Kernel kernel =
        assembly.kernel(
            new pooling_backward.primitive_desc(
                assembly.engine(),
                algorithm.pooling_avg_include_padding,
                out.layout(),
                in.layout(),
                window,
                window,
                none,
                none,
                none,
                pooling,
                assembly.attributes(),
                false),
            Map.of(DNNL_ARG_DIFF_DST, in, DNNL_ARG_DIFF_SRC, out));
    return List.of(kernel, timesPoints(out));
  }

  private List<Kernel> addUp(Tensor slope, Tensor inputSlope) {
    return List.of(
        assembly.kernel(pooling, Map.of(DNNL_ARG_SRC, slope, DNNL_ARG_DST, inputSlope)),
        timesPoints(inputSlope));
  }

  private Kernel timesPoints(Tensor tensor) {
    return assembly.kernel(
        new eltwise_forward.primitive_desc(
            assembly.engine(),
            prop_kind.forward_inference,
            algorithm.eltwise_linear,
            tensor.layout(),
            tensor.layout(),
            points,
            0,
            assembly.attributes(),
            false),
        Map.of(DNNL_ARG_SRC, tensor, DNNL_ARG_DST, tensor));
  }
}
