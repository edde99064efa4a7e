package io.evenstep.model.engine.step.op;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_0;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_1;

import io.evenstep.model.engine.step.kernel.Kernel;
import io.evenstep.model.engine.step.kernel.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.global.dnnl.algorithm;

/** Adds a value that is computed from others of the same shape, element by element. */
public final class CombineOp {
  private CombineOp() {}

  /** The sum of values times a factor: 1 for a residual connection, 1/n for a mean. */
  public static Value addSum(Assembly assembly, List<Value> given, float factor) {
    List<Value> parts = inOneLayout(assembly, given);
    Value out = resultOf(assembly, parts);
    float[] factors = new float[parts.size()];
    Arrays.fill(factors, factor);
    addSum(assembly, parts, out, factors);
    return out;
  }

  /** The first of two values minus the second. */
  public static Value addDifference(Assembly assembly, Value left, Value right) {
    List<Value> parts = inOneLayout(assembly, List.of(left, right));
    Value out = resultOf(assembly, parts);
    addSum(assembly, parts, out, new float[] {1, -1});
    return out;
  }

  private static void addSum(Assembly assembly, List<Value> parts, Value out, float[] factors) {
    List<Tensor> data = parts.stream().map(Value::data).toList();
    List<Kernel> backward = new ArrayList<>();
    for (int i = 0; i < factors.length; i++) {
      float[] factor = {factors[i]};
      parts
          .get(i)
          .slope()
          .map(slope -> ForkOp.sum(assembly, List.of(slope(out)), slope, factor))
          .ifPresent(backward::add);
    }
    assembly.add(
        new KernelsOp(
            List.of(), List.of(ForkOp.sum(assembly, data, out.data(), factors)), backward));
  }

  /** The product of values, two or more. */
  public static Value addProduct(Assembly assembly, List<Value> parts) {
    Value product = parts.get(0);
    for (Value part : parts.subList(1, parts.size())) {
      product = addProduct(assembly, product, part);
    }
    return product;
  }

  private static Value addProduct(Assembly assembly, Value left, Value right) {
    List<Value> parts = inOneLayout(assembly, List.of(left, right));
    Value out = resultOf(assembly, parts);
    Tensor leftData = parts.get(0).data();
    Tensor rightData = parts.get(1).data();
    assembly.add(
        new KernelsOp(
            List.of(),
            List.of(product(assembly, leftData, rightData, out.data())),
            Stream.of(
                    parts.get(0).slope().map(it -> product(assembly, slope(out), rightData, it)),
                    parts.get(1).slope().map(it -> product(assembly, slope(out), leftData, it)))
                .flatMap(Optional::stream)
                .toList()));
    return out;
  }

  static Kernel product(Assembly assembly, Tensor left, Tensor right, Tensor out) {
    return assembly.kernel(
        new binary.primitive_desc(
            assembly.engine(),
            algorithm.binary_mul,
            left.layout(),
            right.layout(),
            out.layout(),
            assembly.attributes(),
            false),
        Map.of(DNNL_ARG_SRC_0, left, DNNL_ARG_SRC_1, right, DNNL_ARG_DST, out));
  }

  private static Tensor slope(Value out) {
    return out.slope().orElseThrow();
  }

  static List<Value> inOneLayout(Assembly assembly, List<Value> parts) {
    return parts.stream().map(part -> assembly.inLayout(part, parts.get(0).layout())).toList();
  }

  static Value resultOf(Assembly assembly, List<Value> parts) {
    Value first = parts.get(0);
    boolean hasSlope = parts.stream().anyMatch(part -> part.slope().isPresent());
    return new Value(
        first.shape(),
        assembly.allocate(first.layout()),
        hasSlope ? Optional.of(assembly.allocate(first.layout())) : Optional.empty());
  }
}
