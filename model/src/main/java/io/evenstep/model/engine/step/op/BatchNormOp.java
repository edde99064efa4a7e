package io.evenstep.model.engine.step.op;

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
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.dnnl.batch_normalization_backward;
import org.bytedeco.dnnl.batch_normalization_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;

/**
 * Batch normalisation (Ioffe and Szegedy 2015) of channels. In training it uses the shard's mean
 * and variance, and writes the change of the running statistics towards them. In inference it uses
 * the running statistics.
 */
public final class BatchNormOp implements Op {
  private final Kernel forward;
  private final Optional<Kernel> backward;
  private final RunningStatistics running;

  private BatchNormOp(Kernel forward, Optional<Kernel> backward, RunningStatistics running) {
    this.forward = forward;
    this.backward = backward;
    this.running = running;
  }

  /**
   * @param in [rows, channels, ...]
   * @param offset where in the flat vector its parameters begin
   * @param isScaled whether the first of them are gamma and beta of each channel
   */
  public static Value add(
      Assembly assembly,
      Value in,
      long offset,
      boolean isScaled,
      float epsilon,
      RunningStatistics.Settings settings) {
    long channels = in.size(1);
    memory.desc layout = Layout.plain(channels);
    int kind = assembly.hasSlopes() ? dnnl.dnnl_forward_training : dnnl.dnnl_forward_inference;
    int flags = flags(assembly, isScaled);
    batch_normalization_forward.primitive_desc description =
        new batch_normalization_forward.primitive_desc(
            assembly.engine(),
            kind,
            in.layout(),
            in.layout(),
            epsilon,
            flags,
            assembly.attributes(),
            false);
    RunningStatistics running =
        new RunningStatistics(
            assembly, offset + (isScaled ? 2 * channels : 0), channels, in.size(0), settings);
    Map<Integer, Tensor> known = new HashMap<>();
    known.put(DNNL_ARG_SRC, in.data());
    known.put(DNNL_ARG_MEAN, running.mean());
    known.put(DNNL_ARG_VARIANCE, running.variance());
    if (isScaled) {
      known.put(DNNL_ARG_SCALE, assembly.parameter(offset, layout));
    }
    Value out = assembly.result(in.layout(), in.dims());
    Optional<Kernel> backward =
        out.slope().map(slope -> backward(assembly, description, known, in, slope, offset));
    known.put(DNNL_ARG_DST, out.data());
    if (isScaled) {
      known.put(DNNL_ARG_SHIFT, assembly.parameter(offset + channels, layout));
    }
    assembly.add(new BatchNormOp(assembly.kernel(description, known), backward, running));
    return out;
  }

  private static int flags(Assembly assembly, boolean isScaled) {
    return (isScaled ? dnnl.dnnl_use_scale | dnnl.dnnl_use_shift : 0)
        | (assembly.isTraining() ? 0 : dnnl.dnnl_use_global_stats);
  }

  private static Kernel backward(
      Assembly assembly,
      batch_normalization_forward.primitive_desc forward,
      Map<Integer, Tensor> known,
      Value in,
      Tensor slope,
      long offset) {
    boolean isScaled = known.containsKey(DNNL_ARG_SCALE);
    memory.desc channels = Layout.plain(in.size(1));
    Map<Integer, Tensor> arguments = new HashMap<>(known);
    arguments.put(DNNL_ARG_DIFF_DST, slope);
    arguments.put(DNNL_ARG_DIFF_SRC, in.slope().orElseGet(() -> assembly.allocate(in.layout())));
    if (isScaled) {
      arguments.put(DNNL_ARG_DIFF_SCALE, assembly.gradient(offset, channels));
      arguments.put(DNNL_ARG_DIFF_SHIFT, assembly.gradient(offset + in.size(1), channels));
    }
    return assembly.kernel(
        new batch_normalization_backward.primitive_desc(
            assembly.engine(),
            isScaled ? dnnl.dnnl_backward : dnnl.dnnl_backward_data,
            in.layout(),
            in.layout(),
            in.layout(),
            forward.get_epsilon(),
            flags(assembly, isScaled),
            forward,
            assembly.attributes(),
            false),
        arguments);
  }

  @Override
  public void load() {
    running.load();
  }

  @Override
  public void forward() {
    forward.run();
  }

  @Override
  public void backward() {
    backward.ifPresent(Kernel::run);
    running.write();
  }
}
