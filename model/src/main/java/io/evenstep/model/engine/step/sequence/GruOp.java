package io.evenstep.model.engine.step.sequence;

import io.evenstep.model.engine.step.kernel.Kernel;
import io.evenstep.model.engine.step.kernel.Layout;
import io.evenstep.model.engine.step.kernel.Tensor;
import io.evenstep.model.engine.step.op.Assembly;
import io.evenstep.model.engine.step.op.FunctionOp;
import io.evenstep.model.engine.step.op.Op;
import io.evenstep.model.engine.step.op.Value;
import java.nio.FloatBuffer;
import java.util.Optional;
import org.bytedeco.dnnl.global.dnnl.algorithm;

/**
 * {@link io.evenstep.model.layer.Gru}: products, sigmoid and tanh by oneDNN, one step at a time,
 * and the rest in Java. The gates are update, reset and candidate. oneDNN's own GRU runs its
 * reference code here, which is slower.
 */
public final class GruOp implements Op {
  private final int rows;
  private final int time;
  private final int units;
  private final boolean isForward;
  private final FloatBuffer fromInput; // [time, rows, 3 units], before activations
  private final FloatBuffer out; // [time, rows, units]
  private final Tensor previousTensor;
  private final FloatBuffer previous; // [rows, units], the output of the step before
  private final FloatBuffer fromBefore; // [rows, 3 units]
  private final FloatBuffer before; // [time, rows, units], previous at each step
  private final FloatBuffer gates; // [time, rows, 2 units], update and reset after the sigmoid
  private final FloatBuffer candidates; // [time, rows, units], after the tanh
  private final FloatBuffer products; // [time, rows, units], which the reset gate multiplies
  private final Tensor flatBias; // of the products, in the parameters
  private final Tensor biasTensor; // a copy
  private final FloatBuffer bias;
  private final FloatBuffer gatesNow; // [rows, 2 units]
  private final FloatBuffer candidatesNow; // [rows, units]
  private final Kernel toGates;
  private final Kernel sigmoid;
  private final Kernel tanh;
  private final Optional<Backward> backward;

  private GruOp(SteppedLayer.Maker maker, boolean isForward) {
    Assembly assembly = maker.assembly();
    this.rows = Math.toIntExact(maker.rows);
    this.time = Math.toIntExact(maker.time);
    this.units = Math.toIntExact(maker.units);
    this.isForward = isForward;
    this.fromInput = maker.fromInput.data().floats();
    this.out = maker.out().data().floats();
    this.previousTensor = maker.state();
    this.previous = previousTensor.floats();
    this.before = maker.before.floats();
    this.gates = assembly.allocate(Layout.plain(maker.time * maker.rows, 2 * maker.units)).floats();
    this.candidates = maker.likeOutputs();
    this.products = maker.likeOutputs();
    long behindBiases = maker.behindRecurrent() + 3 * maker.units;
    this.flatBias = assembly.parameter(behindBiases, Layout.plain(units));
    this.biasTensor = assembly.allocate(Layout.plain(units));
    this.bias = biasTensor.floats();
    Tensor product = maker.gates();
    this.fromBefore = product.floats();
    this.toGates = maker.toGates(previousTensor, product);
    Tensor two = assembly.allocate(Layout.plain(maker.rows, 2 * maker.units));
    this.gatesNow = two.floats();
    this.sigmoid = FunctionOp.inPlace(assembly, two, algorithm.eltwise_logistic);
    Tensor one = maker.state();
    this.candidatesNow = one.floats();
    this.tanh = FunctionOp.inPlace(assembly, one, algorithm.eltwise_tanh);
    this.backward = maker.out().slope().map(slope -> new Backward(maker, slope, behindBiases));
  }

  /** What the backward pass needs in addition. */
  private static final class Backward {
    final FloatBuffer out; // [time, rows, units]
    final FloatBuffer fromInput; // [time, rows, 3 units]
    final FloatBuffer now; // [rows, 3 units], of the current step's product with the state
    final FloatBuffer recurrent; // [time, rows, 3 units], the same of all steps
    final Tensor previousTensor;
    final FloatBuffer previous; // [rows, units], passed to the step before through the product
    final FloatBuffer past; // [rows, units], passed to it past the product
    final Tensor pastTensor;
    final Tensor biasTensor;
    final FloatBuffer bias;
    final Tensor flatBias;
    final Kernel toPrevious;
    final Kernel toWeights;

    Backward(SteppedLayer.Maker maker, Tensor outSlope, long behindBiases) {
      Assembly assembly = maker.assembly();
      this.out = outSlope.floats();
      this.fromInput = maker.fromInput.slope().orElseThrow().floats();
      Tensor delta = maker.gates();
      this.now = delta.floats();
      Tensor all = assembly.allocate(maker.fromInput.layout());
      this.recurrent = all.floats();
      this.previousTensor = maker.state();
      this.previous = previousTensor.floats();
      this.pastTensor = maker.state();
      this.past = pastTensor.floats();
      this.biasTensor = assembly.allocate(Layout.plain(maker.units));
      this.bias = biasTensor.floats();
      this.flatBias = assembly.gradient(behindBiases, Layout.plain(maker.units));
      this.toPrevious = maker.toPrevious(delta, previousTensor);
      this.toWeights = maker.toWeights(all);
    }
  }

  /**
   * @param given [rows, inputs, time]
   * @param offset of the parameters in the flat vector
   * @param isForward whether sequences are read from their beginning
   * @return [rows, units, time]
   */
  public static Value add(
      Assembly assembly, Value given, long units, long offset, boolean isForward) {
    SteppedLayer.Maker maker = new SteppedLayer.Maker(assembly, given, units, 3, offset, 0);
    assembly.add(new GruOp(maker, isForward));
    return maker.out();
  }

  @Override
  public void load() {
    biasTensor.copyFrom(flatBias.address());
  }

  @Override
  public void forward() {
    previousTensor.clear();
    for (int i = 0; i < time; i++) {
      int base = at(i) * rows;
      before.put(base * units, previous, 0, rows * units);
      toGates.run();
      addGates(base);
      sigmoid.run();
      gates.put(2 * base * units, gatesNow, 0, 2 * rows * units);
      addCandidates(base);
      tanh.run();
      candidates.put(base * units, candidatesNow, 0, rows * units);
      mix();
      out.put(base * units, previous, 0, rows * units);
    }
  }

  private void addGates(int base) {
    for (int row = 0; row < rows; row++) {
      int x = 3 * (base + row) * units;
      int h = 3 * row * units;
      int to = 2 * row * units;
      for (int i = 0; i < 2 * units; i++) {
        gatesNow.put(to + i, fromInput.get(x + i) + fromBefore.get(h + i));
      }
    }
  }

  private void addCandidates(int base) {
    for (int row = 0; row < rows; row++) {
      int x = 3 * (base + row) * units + 2 * units;
      int h = 3 * row * units + 2 * units;
      int reset = 2 * row * units + units;
      for (int i = 0; i < units; i++) {
        float product = fromBefore.get(h + i) + bias.get(i);
        products.put((base + row) * units + i, product);
        candidatesNow.put(
            row * units + i, fromInput.get(x + i) + gatesNow.get(reset + i) * product);
      }
    }
  }

  private void mix() {
    for (int row = 0; row < rows; row++) {
      int update = 2 * row * units;
      int at = row * units;
      for (int i = 0; i < units; i++) {
        float candidate = candidatesNow.get(at + i);
        float z = gatesNow.get(update + i);
        previous.put(at + i, candidate + z * (previous.get(at + i) - candidate));
      }
    }
  }

  @Override
  public void backward() {
    if (backward.isEmpty()) {
      return;
    }
    Backward to = backward.get();
    to.previousTensor.clear();
    to.pastTensor.clear();
    to.biasTensor.clear();
    for (int i = time - 1; i >= 0; i--) {
      int base = at(i) * rows;
      for (int row = 0; row < rows; row++) {
        back(to, base + row, row);
      }
      to.recurrent.put(3 * base * units, to.now, 0, 3 * rows * units);
      to.toPrevious.run();
    }
    to.toWeights.run();
    to.flatBias.copyFrom(to.biasTensor.address());
  }

  private void back(Backward to, int stepRow, int row) {
    int at = stepRow * units;
    for (int i = 0; i < units; i++) {
      int place = row * units + i;
      float slope = to.out.get(at + i) + to.previous.get(place) + to.past.get(place);
      float z = gates.get(2 * at + i);
      float r = gates.get(2 * at + units + i);
      float n = candidates.get(at + i);
      float toZ = slope * (before.get(at + i) - n) * z * (1 - z);
      float toN = slope * (1 - z) * (1 - n * n);
      float toR = toN * products.get(at + i) * r * (1 - r);
      to.past.put(place, slope * z);
      to.bias.put(i, to.bias.get(i) + toN * r);
      put(to.fromInput, 3 * at + i, toZ, toR, toN);
      put(to.now, 3 * row * units + i, toZ, toR, toN * r);
    }
  }

  private void put(FloatBuffer slopes, int first, float toZ, float toR, float toN) {
    slopes.put(first, toZ);
    slopes.put(first + units, toR);
    slopes.put(first + 2 * units, toN);
  }

  /** The index of the i-th step to be computed. */
  private int at(int i) {
    return isForward ? i : time - 1 - i;
  }
}
