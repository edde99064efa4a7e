package io.evenstep.model.engine.step.sequence;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import io.evenstep.model.engine.step.kernel.Kernel;
import io.evenstep.model.engine.step.kernel.Layout;
import io.evenstep.model.engine.step.kernel.Tensor;
import io.evenstep.model.engine.step.op.Assembly;
import io.evenstep.model.engine.step.op.DenseOp;
import io.evenstep.model.engine.step.op.Op;
import io.evenstep.model.engine.step.op.Value;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.inner_product_backward_data;
import org.bytedeco.dnnl.inner_product_backward_weights;
import org.bytedeco.dnnl.inner_product_forward;
import org.bytedeco.dnnl.memory;

/**
 * A recurrent layer with activations that oneDNN lacks. oneDNN computes the products, one step at a
 * time, and Java the rest. The product of inputs and weights, for all gates and steps, is computed
 * first, in one call.
 */
abstract class SteppedLayer implements Op {
  final int rows;
  final int units;
  final int width; // gates times units
  final FloatBuffer fromInput; // [time, rows, gates, units]
  final FloatBuffer gates; // [time, rows, gates, units], before their activations
  final FloatBuffer fromBefore; // [rows, gates, units], from the previous step
  final FloatBuffer out; // [time, rows, units]
  final FloatBuffer previous; // [rows, units], the previous step's output
  final Optional<Slopes> slopes;
  private final int time;
  private final boolean isForward;
  private final FloatBuffer before; // [time, rows, units], previous at each step
  private final Tensor previousTensor;
  private final Tensor first; // [rows, units], the output of the step before the first
  private final Kernel toGates;

  /** What the backward pass needs in addition. */
  static final class Slopes {
    final FloatBuffer out; // [time, rows, units]
    final FloatBuffer gates; // [time, rows, gates, units]
    final FloatBuffer now; // [rows, gates, units], of the current step
    final FloatBuffer previous; // [rows, units], which it passes to the previous step
    private final Tensor previousTensor;
    private final Kernel toPrevious;
    private final Kernel toWeights;

    Slopes(Maker maker, Value out, Value fromInput) {
      this.out = out.slope().orElseThrow().floats();
      this.gates = fromInput.slope().orElseThrow().floats();
      Tensor delta = maker.assembly.allocate(maker.gatesOfStep);
      this.now = delta.floats();
      this.previousTensor = maker.assembly.allocate(maker.stateOfStep);
      this.previous = previousTensor.floats();
      this.toPrevious = maker.toPrevious(delta, previousTensor);
      this.toWeights = maker.toWeights(fromInput.slope().orElseThrow());
    }
  }

  SteppedLayer(Maker maker, boolean isForward) {
    this.rows = Math.toIntExact(maker.rows);
    this.time = Math.toIntExact(maker.time);
    this.units = Math.toIntExact(maker.units);
    this.width = Math.toIntExact(maker.width);
    this.isForward = isForward;
    this.fromInput = maker.fromInput.data().floats();
    this.gates =
        maker.assembly.allocate(Layout.plain(maker.time * maker.rows, maker.width)).floats();
    this.out = maker.out.data().floats();
    this.previousTensor = maker.assembly.allocate(maker.stateOfStep);
    this.previous = previousTensor.floats();
    this.first = maker.first(isForward, maker.out.data());
    this.before = maker.before.floats();
    Tensor product = maker.assembly.allocate(maker.gatesOfStep);
    this.fromBefore = product.floats();
    this.toGates = maker.toGates(previousTensor, product);
    this.slopes = maker.out.slope().map(slope -> new Slopes(maker, maker.out, maker.fromInput));
  }

  /** Computes gates and output of a step, after the previous step's. */
  abstract void ahead(int step, boolean isFirst, int stepBefore);

  /**
   * Computes the slopes of a step's gates; {@link Slopes#previous} holds what the next step passed
   * back.
   */
  abstract void back(Slopes slopes, int step, boolean isFirst, int stepBefore);

  /** Called before the first step of the backward pass. */
  abstract void beginBackward();

  /** Called after the last step of the backward pass. */
  abstract void endBackward();

  @Override
  public final void forward() {
    previousTensor.copyFrom(first.address());
    for (int i = 0; i < time; i++) {
      int step = at(i);
      before.put(step * rows * units, previous, 0, rows * units);
      toGates.run();
      ahead(step, i == 0, at(i - 1));
      previous.put(0, out, step * rows * units, rows * units);
    }
  }

  @Override
  public final void backward() {
    if (slopes.isEmpty()) {
      return;
    }
    Slopes all = slopes.get();
    all.previousTensor.clear();
    beginBackward();
    for (int i = time - 1; i >= 0; i--) {
      int step = at(i);
      back(all, step, i == 0, at(i - 1));
      all.gates.put(step * rows * width, all.now, 0, rows * width);
      all.toPrevious.run();
    }
    all.toWeights.run();
    endBackward();
  }

  /** The index of the i-th step to be computed. */
  private int at(int i) {
    return isForward ? i : time - 1 - i;
  }

  /** The layer's memory and kernels. */
  static final class Maker {
    private final Assembly assembly;
    final long rows;
    final long time;
    final long units;
    private final long width;
    private final long offset; // of the recurrent weights
    private final memory.desc weightLayout; // gates units, units
    private final memory.desc stateOfStep;
    private final memory.desc gatesOfStep;
    private final Tensor weights;
    final Value fromInput; // time rows, gates units
    private final Value out;
    final Tensor before; // time rows, units

    /**
     * @param given [rows, inputs, time]
     * @param offset of the parameters in the flat vector
     * @param between how many parameters are between the recurrent weights and the biases
     */
    Maker(Assembly assembly, Value given, long units, int gates, long offset, long between) {
      this.assembly = assembly;
      this.rows = given.size(0);
      this.time = given.size(2);
      this.units = units;
      this.width = gates * units;
      this.offset = offset + given.size(1) * width;
      this.weightLayout = Layout.plain(width, units);
      this.stateOfStep = Layout.plain(rows, units);
      this.gatesOfStep = Layout.plain(rows, width);
      this.weights = assembly.parameter(this.offset, weightLayout);
      this.fromInput =
          DenseOp.addExact(
              assembly,
              Sequences.rows(assembly, given),
              Math.toIntExact(width),
              offset,
              Optional.of(this.offset + width * units + between));
      this.out = assembly.result(Sequences.layout(rows, units, time), rows, units, time);
      this.before = assembly.allocate(Layout.plain(time * rows, units));
    }

    Assembly assembly() {
      return assembly;
    }

    Value out() {
      return out;
    }

    /**
     * The state before the first step: 0, or, in a later segment, the state that ended the one
     * before.
     *
     * @param all [time, rows, units], the states of all steps
     */
    Tensor first(boolean isForward, Tensor all) {
      Tensor first = assembly.allocate(stateOfStep);
      if (isForward) {
        assembly.carry(first, assembly.alias(all, stateOfStep, (time - 1) * rows * units));
      }
      return first;
    }

    /** Room for one step's output. */
    Tensor state() {
      return assembly.allocate(stateOfStep);
    }

    /** Room for one step's gates. */
    Tensor gates() {
      return assembly.allocate(gatesOfStep);
    }

    /** Where the parameters after the recurrent weights begin. */
    long behindRecurrent() {
      return offset + width * units;
    }

    /** Room for all steps, one number for each output. */
    Tensor statesOfAll() {
      return assembly.allocate(Layout.plain(time * rows, units));
    }

    /** The same, for loops in Java. */
    FloatBuffer likeOutputs() {
      return statesOfAll().floats();
    }

    Kernel toGates(Tensor previous, Tensor product) {
      return assembly.kernel(
          product(stateOfStep, gatesOfStep),
          Map.of(DNNL_ARG_SRC, previous, DNNL_ARG_WEIGHTS, weights, DNNL_ARG_DST, product));
    }

    private inner_product_forward.primitive_desc product(memory.desc from, memory.desc to) {
      return new inner_product_forward.primitive_desc(
          assembly.engine(),
          assembly.hasSlopes() ? prop_kind.forward_training : prop_kind.forward_inference,
          from,
          weightLayout,
          Layout.none(),
          to,
          assembly.attributes(),
          false);
    }

    Kernel toPrevious(Tensor delta, Tensor previousSlope) {
      return assembly.kernel(
          new inner_product_backward_data.primitive_desc(
              assembly.engine(),
              stateOfStep,
              weightLayout,
              gatesOfStep,
              product(stateOfStep, gatesOfStep),
              assembly.attributes(),
              false),
          Map.of(
              DNNL_ARG_DIFF_DST,
              delta,
              DNNL_ARG_WEIGHTS,
              weights,
              DNNL_ARG_DIFF_SRC,
              previousSlope));
    }

    Kernel toWeights(Tensor gateSlopes) {
      memory.desc from = before.layout();
      memory.desc to = gateSlopes.layout();
      return assembly.kernel(
          new inner_product_backward_weights.primitive_desc(
              assembly.engine(),
              from,
              weightLayout,
              Layout.none(),
              to,
              product(from, to),
              assembly.attributes(),
              false),
          Map.of(
              DNNL_ARG_SRC,
              before,
              DNNL_ARG_DIFF_DST,
              gateSlopes,
              DNNL_ARG_DIFF_WEIGHTS,
              assembly.gradient(offset, weightLayout)));
    }
  }
}
