package io.evenstep.model.engine.step.op;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_MULTIPLE_SRC;

import io.evenstep.model.engine.step.kernel.Kernel;
import io.evenstep.model.engine.step.kernel.Tensor;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory_desc_vector;
import org.bytedeco.dnnl.sum;

/** For a value that several operations take: adds up their slopes. */
public final class ForkOp {
  private ForkOp() {}

  /** One copy of the value for each operation that takes it. */
  public static List<Value> add(Assembly assembly, Value value, int takers) {
    if (value.slope().isEmpty() || takers < 2) {
      return Collections.nCopies(takers, value);
    }
    List<Value> parts =
        IntStream.range(0, takers)
            .mapToObj(
                i ->
                    new Value(
                        value.shape(),
                        value.data(),
                        Optional.of(assembly.allocate(value.layout()))))
            .toList();
    List<Tensor> slopes = parts.stream().map(part -> part.slope().orElseThrow()).toList();
    assembly.add(
        new KernelsOp(
            List.of(),
            List.of(),
            List.of(sum(assembly, slopes, value.slope().get(), ones(takers)))));
    return parts;
  }

  private static float[] ones(int count) {
    float[] ones = new float[count];
    Arrays.fill(ones, 1);
    return ones;
  }

  /** The sum of tensors in one layout, each times its factor. */
  static Kernel sum(Assembly assembly, List<Tensor> from, Tensor to, float[] factors) {
    memory.desc[] layouts = from.stream().map(Tensor::layout).toArray(memory.desc[]::new);
    Map<Integer, Tensor> arguments = new HashMap<>();
    arguments.put(DNNL_ARG_DST, to);
    for (int i = 0; i < from.size(); i++) {
      arguments.put(DNNL_ARG_MULTIPLE_SRC + i, from.get(i));
    }
    return assembly.kernel(
        new sum.primitive_desc(
            assembly.engine(),
            to.layout(),
            factors,
            new memory_desc_vector(layouts),
            assembly.attributes(),
            false),
        arguments);
  }
}
