package io.evenstep.model.engine.step.cell;

import io.evenstep.model.engine.step.kernel.Layout;
import io.evenstep.model.engine.step.kernel.Tensor;
import io.evenstep.model.engine.step.op.Assembly;
import io.evenstep.model.engine.step.op.Op;
import io.evenstep.model.engine.step.op.Value;
import java.nio.FloatBuffer;
import java.util.Optional;

/**
 * {@link io.evenstep.model.layer.Rbf}. Distances are sums of squared differences, because the
 * difference of large squares would lose the small distances. DL4J's centres, [inputs, units] in
 * Fortran order, are [units, inputs] in C order.
 */
public final class RbfOp implements Op {
  private final int rows;
  private final int inputs;
  private final int units;
  private final double square; // of the width
  private final FloatBuffer in; // [rows, inputs]
  private final FloatBuffer out; // [rows, units]
  private final Optional<FloatBuffer> inSlopes;
  private final Optional<FloatBuffer> slopes;
  private final Tensor flat; // [units, inputs], in the parameters
  private final Tensor known; // a copy
  private final FloatBuffer centres;
  private final Tensor flatSum; // the same, in the gradient
  private final Tensor sum;
  private final FloatBuffer sums;

  private RbfOp(Assembly assembly, Value in, Value out, double width, long offset) {
    this.rows = Math.toIntExact(in.size(0));
    this.inputs = Math.toIntExact(in.size(1));
    this.units = Math.toIntExact(out.size(1));
    this.square = width * width;
    this.in = in.data().floats();
    this.out = out.data().floats();
    this.inSlopes = in.slope().map(Tensor::floats);
    this.slopes = out.slope().map(Tensor::floats);
    this.flat = assembly.parameter(offset, Layout.plain(units, inputs));
    this.known = assembly.allocate(Layout.plain(units, inputs));
    this.centres = known.floats();
    this.flatSum = assembly.gradient(offset, Layout.plain(units, inputs));
    this.sum = assembly.allocate(Layout.plain(units, inputs));
    this.sums = sum.floats();
  }

  /**
   * @param given [rows, inputs]
   * @param width of each Gaussian
   * @param offset of the centres in the flat vector
   * @return [rows, units]
   */
  public static Value add(Assembly assembly, Value given, int units, double width, long offset) {
    Value in = assembly.owned(assembly.plain(given));
    Value out = assembly.result(Layout.plain(in.size(0), units), in.size(0), units);
    assembly.add(new RbfOp(assembly, in, out, width, offset));
    return out;
  }

  @Override
  public void load() {
    known.copyFrom(flat.address());
  }

  @Override
  public void forward() {
    for (int row = 0; row < rows; row++) {
      for (int unit = 0; unit < units; unit++) {
        double distance = 0;
        for (int i = 0; i < inputs; i++) {
          double away = in.get(row * inputs + i) - centres.get(unit * inputs + i);
          distance += away * away;
        }
        out.put(row * units + unit, (float) StrictMath.exp(-distance / (2 * square)));
      }
    }
  }

  @Override
  public void backward() {
    if (slopes.isEmpty()) {
      return;
    }
    sum.clear();
    inSlopes.ifPresent(slope -> clear(slope));
    for (int row = 0; row < rows; row++) {
      for (int unit = 0; unit < units; unit++) {
        int at = row * units + unit;
        back(row, unit, (float) (slopes.get().get(at) * out.get(at) / square));
      }
    }
    flatSum.copyFrom(sum.address());
  }

  /**
   * @param pull slope of the squared distance, times -2
   */
  private void back(int row, int unit, float pull) {
    for (int i = 0; i < inputs; i++) {
      int from = row * inputs + i;
      int to = unit * inputs + i;
      float change = pull * (in.get(from) - centres.get(to));
      sums.put(to, sums.get(to) + change);
      if (inSlopes.isPresent()) {
        FloatBuffer slope = inSlopes.get();
        slope.put(from, slope.get(from) - change);
      }
    }
  }

  private static void clear(FloatBuffer numbers) {
    for (int i = 0; i < numbers.limit(); i++) {
      numbers.put(i, 0);
    }
  }
}
