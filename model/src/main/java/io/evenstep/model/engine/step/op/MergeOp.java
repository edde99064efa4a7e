package io.evenstep.model.engine.step.op;

import io.evenstep.model.engine.step.kernel.Kernel;
import io.evenstep.model.engine.step.kernel.Layout;
import io.evenstep.model.engine.step.kernel.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.dnnl.memory;

/** Adds a value that concatenates others along dimension 1. */
public final class MergeOp {
  private MergeOp() {}

  /** All other dimensions must be equal. */
  public static Value add(Assembly assembly, List<Value> parts) {
    long[] dims = parts.get(0).dims();
    dims[1] = parts.stream().mapToLong(part -> part.size(1)).sum();
    memory.desc layout = Layout.plain(dims);
    boolean hasSlope = parts.stream().anyMatch(part -> part.slope().isPresent());
    Value out =
        new Value(
            Value.shape(dims),
            assembly.allocate(layout),
            hasSlope ? Optional.of(assembly.allocate(layout)) : Optional.empty());
    List<Kernel> forward = new ArrayList<>();
    List<Kernel> backward = new ArrayList<>();
    long[] at = new long[dims.length];
    for (Value part : parts) {
      memory.desc place = layout.submemory_desc(part.dims(), at);
      Tensor data = assembly.alias(out.data(), place);
      forward.add(assembly.reorder(part.data(), data));
      part.slope()
          .map(slope -> assembly.reorder(slopeIn(assembly, out, place), slope))
          .ifPresent(backward::add);
      at[1] += part.size(1);
    }
    assembly.add(new KernelsOp(List.of(), forward, backward));
    return out;
  }

  private static Tensor slopeIn(Assembly assembly, Value out, memory.desc place) {
    return assembly.alias(out.slope().orElseThrow(), place);
  }
}
