package io.evenstep.model.engine.step.window;

import io.evenstep.model.engine.step.kernel.Layout;
import io.evenstep.model.engine.step.kernel.Tensor;
import io.evenstep.model.engine.step.op.Assembly;
import io.evenstep.model.engine.step.op.KernelsOp;
import io.evenstep.model.engine.step.op.Value;
import java.util.List;
import org.bytedeco.dnnl.memory;

/** Adds a border of zeros: copies into the middle of memory whose border nothing writes to. */
public final class BorderOp {
  private BorderOp() {}

  /**
   * @param in [rows, channels, height, width]
   */
  public static Value add(
      Assembly assembly, Value in, long top, long bottom, long left, long right) {
    long[] dims = in.dims();
    long[] outDims = {dims[0], dims[1], top + dims[2] + bottom, left + dims[3] + right};
    memory.desc layout = Layout.plain(outDims);
    Value out = assembly.resultLike(in, layout, outDims);
    memory.desc middle = layout.submemory_desc(dims, new long[] {0, 0, top, left});
    Tensor data = assembly.alias(out.data(), middle);
    assembly.add(
        new KernelsOp(
            List.of(),
            List.of(assembly.reorder(in.data(), data)),
            in
                .slope()
                .map(
                    slope ->
                        assembly.reorder(assembly.alias(out.slope().orElseThrow(), middle), slope))
                .stream()
                .toList()));
    return out;
  }
}
