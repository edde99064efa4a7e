package io.evenstep.model.engine.step.window;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WORKSPACE;

import io.evenstep.model.engine.step.kernel.Kernel;
import io.evenstep.model.engine.step.kernel.Layout;
import io.evenstep.model.engine.step.kernel.Tensor;
import io.evenstep.model.engine.step.op.Assembly;
import io.evenstep.model.engine.step.op.KernelsOp;
import io.evenstep.model.engine.step.op.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.pooling_backward;
import org.bytedeco.dnnl.pooling_forward;

/** Adds pooling: the maximum or the mean of each window. */
public final class PoolingOp {
  private PoolingOp() {}

  /** How a window is pooled. */
  public enum Kind {
    /** Its maximum. */
    MAX(algorithm.pooling_max),
    /** Its mean, without the padding. */
    MEAN(algorithm.pooling_avg_exclude_padding),
    /** Its mean, with the zeros of the padding. */
    MEAN_WITH_BORDER(algorithm.pooling_avg_include_padding);

    private final algorithm code;

    Kind(algorithm code) {
      this.code = code;
    }
  }

  /**
   * @param in [rows, channels, points ...]
   */
  public static Value add(Assembly assembly, Value in, Kind kind, Window window) {
    long[] outDims = outDims(in, window);
    pooling_forward.primitive_desc forward =
        new pooling_forward.primitive_desc(
            assembly.engine(),
            in.slope().isPresent() ? prop_kind.forward_training : prop_kind.forward_inference,
            kind.code,
            in.layout(),
            Layout.any(outDims),
            window.stride(),
            window.kernel(),
            window.gaps(),
            window.before(),
            window.after(),
            assembly.attributes(),
            false);
    Value out = assembly.resultLike(in, forward.dst_desc(), outDims);
    Map<Integer, Tensor> ahead = new HashMap<>();
    ahead.put(DNNL_ARG_SRC, in.data());
    ahead.put(DNNL_ARG_DST, out.data());
    Map<Integer, Tensor> back = new HashMap<>();
    memory.desc kept = forward.workspace_desc();
    if (kept.get_size() > 0) {
      Tensor workspace = assembly.allocate(kept);
      ahead.put(DNNL_ARG_WORKSPACE, workspace);
      back.put(DNNL_ARG_WORKSPACE, workspace);
    }
    assembly.add(
        new KernelsOp(
            List.of(),
            List.of(assembly.kernel(forward, ahead)),
            in
                .slope()
                .map(slope -> backward(assembly, kind, window, forward, out, slope, back))
                .stream()
                .toList()));
    return out;
  }

  private static long[] outDims(Value in, Window window) {
    int points = in.shape().size() - 2;
    return LongStream.concat(
            LongStream.of(in.size(0), in.size(1)),
            IntStream.range(0, points).mapToLong(i -> window.places(i, in.size(i + 2))))
        .toArray();
  }

  private static Kernel backward(
      Assembly assembly,
      Kind kind,
      Window window,
      pooling_forward.primitive_desc forward,
      Value out,
      Tensor inputSlope,
      Map<Integer, Tensor> arguments) {
    Tensor slope = out.slope().orElseThrow();
    arguments.put(DNNL_ARG_DIFF_DST, slope);
    arguments.put(DNNL_ARG_DIFF_SRC, inputSlope);
    return assembly.kernel(
        new pooling_backward.primitive_desc(
            assembly.engine(),
            kind.code,
            inputSlope.layout(),
            slope.layout(),
            window.stride(),
            window.kernel(),
            window.gaps(),
            window.before(),
            window.after(),
            forward,
            assembly.attributes(),
            false),
        arguments);
  }
}
