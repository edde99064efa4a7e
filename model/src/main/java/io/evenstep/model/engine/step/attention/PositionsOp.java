package io.evenstep.model.engine.step.attention;

import io.evenstep.model.engine.step.kernel.Layout;
import io.evenstep.model.engine.step.kernel.Tensor;
import io.evenstep.model.engine.step.op.Assembly;
import io.evenstep.model.engine.step.op.Op;
import io.evenstep.model.engine.step.op.Value;
import io.evenstep.model.engine.step.sequence.Sequences;
import java.nio.FloatBuffer;
import java.util.Optional;

/**
 * Adds a learnt vector to each step. DL4J's parameters, [steps, size] in Fortran order, are read
 * and written feature by feature.
 */
public final class PositionsOp implements Op {
  private final int rows;
  private final int size;
  private final int time;
  private final FloatBuffer in; // [time, rows, size]
  private final FloatBuffer out; // [time, rows, size]
  private final Optional<Tensor> inSlope;
  private final Optional<Tensor> outSlope;
  private final Optional<FloatBuffer> slopes; // [time, rows, size]
  private final Tensor flat; // [size, time], in the parameters
  private final Tensor known; // a copy
  private final FloatBuffer vectors;
  private final Tensor flatSum; // the same, in the gradient
  private final Tensor sum;
  private final FloatBuffer sums;

  private PositionsOp(Assembly assembly, Value in, Value out, long offset) {
    this.rows = Math.toIntExact(in.size(0));
    this.size = Math.toIntExact(in.size(1));
    this.time = Math.toIntExact(in.size(2));
    this.in = in.data().floats();
    this.out = out.data().floats();
    this.inSlope = in.slope();
    this.outSlope = out.slope();
    this.slopes = out.slope().map(Tensor::floats);
    this.flat = assembly.parameter(offset, Layout.plain(size, time));
    this.known = assembly.allocate(Layout.plain(size, time));
    this.vectors = known.floats();
    this.flatSum = assembly.gradient(offset, Layout.plain(size, time));
    this.sum = assembly.allocate(Layout.plain(size, time));
    this.sums = sum.floats();
  }

  /**
   * @param given [rows, size, time]
   * @param offset of the vectors in the flat vector
   * @return [rows, size, time]
   */
  public static Value add(Assembly assembly, Value given, long offset) {
    Value in = Sequences.stepByStep(assembly, assembly.owned(given));
    Value out = assembly.result(in.layout(), in.dims());
    assembly.add(new PositionsOp(assembly, in, out, offset));
    return out;
  }

  @Override
  public void load() {
    known.copyFrom(flat.address());
  }

  @Override
  public void forward() {
    int at = 0;
    for (int step = 0; step < time; step++) {
      for (int row = 0; row < rows; row++) {
        for (int i = 0; i < size; i++) {
          out.put(at, in.get(at) + vectors.get(i * time + step));
          at++;
        }
      }
    }
  }

  @Override
  public void backward() {
    if (slopes.isEmpty()) {
      return;
    }
    FloatBuffer from = slopes.get();
    sum.clear();
    int at = 0;
    for (int step = 0; step < time; step++) {
      for (int row = 0; row < rows; row++) {
        for (int i = 0; i < size; i++) {
          int to = i * time + step;
          sums.put(to, sums.get(to) + from.get(at++));
        }
      }
    }
    flatSum.copyFrom(sum.address());
    inSlope.ifPresent(to -> to.copyFrom(outSlope.orElseThrow().address()));
  }
}
