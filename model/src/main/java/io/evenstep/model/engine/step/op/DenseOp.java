package io.evenstep.model.engine.step.op;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import io.evenstep.model.engine.step.kernel.Kernel;
import io.evenstep.model.engine.step.kernel.Layout;
import io.evenstep.model.engine.step.kernel.Tensor;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.inner_product_backward_data;
import org.bytedeco.dnnl.inner_product_backward_weights;
import org.bytedeco.dnnl.inner_product_forward;
import org.bytedeco.dnnl.memory;

/**
 * A fully connected layer. DL4J's weights, [inputs, units] in Fortran order, are oneDNN's [units,
 * inputs] in C order: weights and gradient are used in place.
 */
public final class DenseOp implements Op {
  private final Kernel forward;
  private final Optional<Kernel> toWeights;
  private final Optional<Kernel> toInput;

  private DenseOp(Kernel forward, Optional<Kernel> toWeights, Optional<Kernel> toInput) {
    this.forward = forward;
    this.toWeights = toWeights;
    this.toInput = toInput;
  }

  /**
   * @param in [rows, inputs]
   * @param offset of the weights in the flat vector; the biases follow them
   * @param function the activation, if it is part of the operation
   * @return [rows, units]
   */
  public static Value add(
      Assembly assembly,
      Value in,
      int units,
      boolean hasBias,
      long offset,
      Optional<Function> function) {
    long behindWeights = offset + in.size(1) * units;
    Optional<Long> biases = hasBias ? Optional.of(behindWeights) : Optional.empty();
    return add(assembly, in, units, offset, biases, function);
  }

  /**
   * @param in [rows, inputs]
   * @param offset of the weights in the flat vector
   * @param biases where the biases begin; empty for none
   * @param function the activation, if it is part of the operation
   * @return [rows, units]
   */
  public static Value add(
      Assembly assembly,
      Value in,
      int units,
      long offset,
      Optional<Long> biases,
      Optional<Function> function) {
    Tensor weights = assembly.factor(offset, Layout.plain(units, in.size(1)));
    Value factor = assembly.factor(assembly.plain(in));
    return new Maker(assembly, factor, units, weights, offset, biases, assembly.factors())
        .add(function);
  }

  /**
   * The same with float32 products in every precision, for recurrent layers, whose other products
   * oneDNN computes inside of one kernel.
   */
  public static Value addExact(
      Assembly assembly, Value in, int units, long offset, Optional<Long> biases) {
    Tensor weights = assembly.parameter(offset, Layout.plain(units, in.size(1)));
    return new Maker(
            assembly, assembly.plain(in), units, weights, offset, biases, memory.data_type.f32)
        .add();
  }

  @Override
  public void forward() {
    forward.run();
  }

  @Override
  public void backward() {
    toWeights.ifPresent(Kernel::run);
    toInput.ifPresent(Kernel::run);
  }

  private static final class Maker {
    private final Assembly assembly;
    private final Value in;
    private final long offset;
    private final Optional<Long> biases;
    private final memory.desc weightLayout; // [units, inputs], as are their gradients
    private final memory.desc slopeLayout; // of the result, as a factor
    private final memory.desc biasLayout;
    private final memory.desc outLayout;
    private final Tensor weights;
    private final Value out;

    Maker(
        Assembly assembly,
        Value in,
        int units,
        Tensor weights,
        long offset,
        Optional<Long> biases,
        memory.data_type factors) {
      this.assembly = assembly;
      this.in = in;
      this.offset = offset;
      this.biases = biases;
      this.weightLayout = Layout.plain(units, in.size(1));
      this.biasLayout = biases.isPresent() ? Layout.plain(units) : Layout.none();
      this.outLayout = Layout.plain(in.size(0), units);
      this.slopeLayout = Layout.plain(factors, in.size(0), units);
      this.weights = weights;
      this.out = assembly.result(outLayout, in.size(0), units);
    }

    Value add() {
      addKernels(Optional.empty(), out.slope());
      return out;
    }

    Value add(Optional<Function> function) {
      Optional<Function> fused = Function.fusible(function);
      Optional<Tensor> factor = out.slope().map(assembly::factor);
      addKernels(fused, factor);
      factor.ifPresent(it -> assembly.addFactor(out.slope().orElseThrow(), it));
      return Fusion.finish(assembly, out, function, fused);
    }

    /**
     * @param outSlope the slope of the result, as a factor
     */
    private void addKernels(Optional<Function> fused, Optional<Tensor> outSlope) {
      inner_product_forward.primitive_desc description =
          new inner_product_forward.primitive_desc(
              assembly.engine(),
              assembly.hasSlopes() ? prop_kind.forward_training : prop_kind.forward_inference,
              in.layout(),
              weights.layout(),
              biasLayout,
              outLayout,
              Fusion.attributes(assembly, fused),
              false);
      Map<Integer, Tensor> arguments = new HashMap<>();
      arguments.put(DNNL_ARG_SRC, in.data());
      arguments.put(DNNL_ARG_WEIGHTS, weights);
      arguments.put(DNNL_ARG_DST, out.data());
      biases.ifPresent(
          place -> arguments.put(DNNL_ARG_BIAS, assembly.parameter(place, biasLayout)));
      assembly.add(
          new DenseOp(
              assembly.kernel(description, arguments),
              outSlope.map(slope -> toWeights(description, slope)),
              in.slope().map(slope -> toInput(description, outSlope.orElseThrow(), slope))));
    }

    private Kernel toWeights(inner_product_forward.primitive_desc forward, Tensor slope) {
      Map<Integer, Tensor> arguments = new HashMap<>();
      arguments.put(DNNL_ARG_SRC, in.data());
      arguments.put(DNNL_ARG_DIFF_DST, slope);
      arguments.put(DNNL_ARG_DIFF_WEIGHTS, assembly.gradient(offset, weightLayout));
      biases.ifPresent(
          place -> arguments.put(DNNL_ARG_DIFF_BIAS, assembly.gradient(place, biasLayout)));
      return assembly.kernel(
          new inner_product_backward_weights.primitive_desc(
              assembly.engine(),
              in.layout(),
              weightLayout,
              biasLayout,
              slopeLayout,
              forward,
              assembly.attributes(),
              false),
          arguments);
    }

    private Kernel toInput(
        inner_product_forward.primitive_desc forward, Tensor slope, Tensor inputSlope) {
      return assembly.kernel(
          new inner_product_backward_data.primitive_desc(
              assembly.engine(),
              inputSlope.layout(),
              weights.layout(),
              slopeLayout,
              forward,
              assembly.attributes(),
              false),
          Map.of(
              DNNL_ARG_DIFF_DST, slope, DNNL_ARG_WEIGHTS, weights, DNNL_ARG_DIFF_SRC, inputSlope));
    }
  }
}
