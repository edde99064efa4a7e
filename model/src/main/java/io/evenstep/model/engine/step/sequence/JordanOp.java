package io.evenstep.model.engine.step.sequence;

import io.evenstep.model.engine.step.kernel.Layout;
import io.evenstep.model.engine.step.kernel.Tensor;
import io.evenstep.model.engine.step.op.Assembly;
import io.evenstep.model.engine.step.op.DenseOp;
import io.evenstep.model.engine.step.op.Op;
import io.evenstep.model.engine.step.op.Value;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * {@link io.evenstep.model.layer.Jordan}: the product with the inputs of all steps by oneDNN, the
 * rest in Java, step by step. DL4J's weights are in Fortran order.
 */
public final class JordanOp implements Op {
  private final int rows;
  private final int time;
  private final int units;
  private final int outputs;
  private final FloatBuffer fromInput; // [time rows, units]
  private final Optional<FloatBuffer> toInput; // its slopes
  private final FloatBuffer outputsOfSteps;
  private final Optional<FloatBuffer> slopes;
  private final float[] sums; // [time rows, units], of the inputs; in the backward pass, slopes
  private final float[] hidden; // [time rows, units]
  private final float[] out; // [time rows, outputs]
  private final float[] toOut; // [time rows, outputs]
  private final Weights recurrent; // [units, outputs] in C order
  private final Weights weights; // [outputs, units] in C order, and biases
  private final float[] fromNext; // [rows, outputs]
  private final float[] toHidden; // of one row and step, [units]

  /** Parameters as they are in the flat vector, and their gradient. */
  private static final class Weights {
    final Tensor flat;
    final Tensor known;
    final FloatBuffer copy;
    final float[] numbers;
    final Tensor flatSum;
    final Tensor sum;
    final FloatBuffer stored;
    final float[] sums;

    Weights(Assembly assembly, long offset, int count) {
      this.flat = assembly.parameter(offset, Layout.plain(count));
      this.known = assembly.allocate(Layout.plain(count));
      this.copy = known.floats();
      this.numbers = new float[count];
      this.flatSum = assembly.gradient(offset, Layout.plain(count));
      this.sum = assembly.allocate(Layout.plain(count));
      this.stored = sum.floats();
      this.sums = new float[count];
    }

    void load() {
      known.copyFrom(flat.address());
      copy.get(0, numbers);
    }

    void storeGradient() {
      stored.put(0, sums);
      flatSum.copyFrom(sum.address());
    }
  }

  private JordanOp(Assembly assembly, Value fromInput, Value out, long offset) {
    this.rows = Math.toIntExact(out.size(0));
    this.outputs = Math.toIntExact(out.size(1));
    this.time = Math.toIntExact(out.size(2));
    this.units = Math.toIntExact(fromInput.size(1));
    this.fromInput = fromInput.data().floats();
    this.toInput = fromInput.slope().map(Tensor::floats);
    this.outputsOfSteps = out.data().floats();
    this.slopes = out.slope().map(Tensor::floats);
    this.sums = new float[time * rows * units];
    this.hidden = new float[time * rows * units];
    this.out = new float[time * rows * outputs];
    this.toOut = new float[time * rows * outputs];
    int square = outputs * units;
    this.recurrent = new Weights(assembly, offset, square);
    this.weights = new Weights(assembly, offset + square + units, square + outputs);
    this.fromNext = new float[rows * outputs];
    this.toHidden = new float[units];
  }

  /**
   * @param given [rows, inputs, time]
   * @param units of the hidden layer
   * @param outputs of each step
   * @param offset of the parameters in the flat vector
   * @return [rows, outputs, time]
   */
  public static Value add(Assembly assembly, Value given, long units, long outputs, long offset) {
    long recurrent = offset + given.size(1) * units;
    long biases = recurrent + outputs * units;
    Value steps = Sequences.rows(assembly, given);
    Value fromInput =
        DenseOp.addExact(assembly, steps, Math.toIntExact(units), offset, Optional.of(biases));
    long rows = given.size(0);
    long time = given.size(2);
    Value out = assembly.result(Sequences.layout(rows, outputs, time), rows, outputs, time);
    assembly.add(new JordanOp(assembly, fromInput, out, recurrent));
    return out;
  }

  @Override
  public void load() {
    recurrent.load();
    weights.load();
  }

  @Override
  public void forward() {
    fromInput.get(0, sums);
    for (int at = 0; at < time * rows; at++) { // row by row of each step
      int before = (at - rows) * outputs;
      for (int unit = 0; unit < units; unit++) {
        float sum = sums[at * units + unit];
        for (int i = 0; i < outputs && before >= 0; i++) {
          sum += out[before + i] * recurrent.numbers[unit * outputs + i];
        }
        hidden[at * units + unit] = (float) StrictMath.tanh(sum);
      }
      for (int i = 0; i < outputs; i++) {
        float sum = weights.numbers[units * outputs + i];
        for (int unit = 0; unit < units; unit++) {
          sum += hidden[at * units + unit] * weights.numbers[i * units + unit];
        }
        out[at * outputs + i] = (float) StrictMath.tanh(sum);
      }
    }
    outputsOfSteps.put(0, out);
  }

  @Override
  public void backward() {
    if (slopes.isEmpty() || toInput.isEmpty()) {
      return;
    }
    slopes.get().get(0, toOut);
    Arrays.fill(recurrent.sums, 0);
    Arrays.fill(weights.sums, 0);
    Arrays.fill(fromNext, 0);
    for (int at = time * rows - 1; at >= 0; at--) {
      back(at, at % rows * outputs);
    }
    toInput.get().put(0, sums);
    recurrent.storeGradient();
    weights.storeGradient();
  }

  /**
   * @param next where the slope that comes from the next step is, and that for the step before goes
   */
  private void back(int at, int next) {
    Arrays.fill(toHidden, 0);
    for (int i = 0; i < outputs; i++) {
      float y = out[at * outputs + i];
      float toSum = (toOut[at * outputs + i] + fromNext[next + i]) * (1 - y * y);
      weights.sums[units * outputs + i] += toSum;
      for (int unit = 0; unit < units; unit++) {
        weights.sums[i * units + unit] += hidden[at * units + unit] * toSum;
        toHidden[unit] += toSum * weights.numbers[i * units + unit];
      }
    }
    Arrays.fill(fromNext, next, next + outputs, 0);
    int before = (at - rows) * outputs;
    for (int unit = 0; unit < units; unit++) {
      float h = hidden[at * units + unit];
      float toSum = toHidden[unit] * (1 - h * h);
      sums[at * units + unit] = toSum;
      for (int i = 0; i < outputs && before >= 0; i++) {
        recurrent.sums[unit * outputs + i] += out[before + i] * toSum;
        fromNext[next + i] += toSum * recurrent.numbers[unit * outputs + i];
      }
    }
  }
}
