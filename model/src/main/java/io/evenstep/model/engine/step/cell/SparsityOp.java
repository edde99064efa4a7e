package io.evenstep.model.engine.step.cell;

import io.evenstep.model.engine.step.kernel.Tensor;
import io.evenstep.model.engine.step.loss.LossTerm;
import io.evenstep.model.engine.step.op.Assembly;
import io.evenstep.model.engine.step.op.Op;
import io.evenstep.model.engine.step.op.Value;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;

/**
 * {@link io.evenstep.model.layer.Sparsity}: the numbers pass, the loss grows by the penalty, and
 * its derivative is added to their slope in place.
 */
public final class SparsityOp implements Op, LossTerm {
  private final double penalty;
  private final FloatBuffer in;
  private final Optional<FloatBuffer> slopes;
  private double total;

  private SparsityOp(Value in, double penalty) {
    this.penalty = penalty;
    this.in = in.data().floats();
    this.slopes = in.slope().map(Tensor::floats);
  }

  /**
   * @param losses receives the penalty
   * @return the same numbers
   */
  public static Value add(Assembly assembly, Value given, double penalty, List<LossTerm> losses) {
    Value in = assembly.owned(assembly.plain(given));
    SparsityOp op = new SparsityOp(in, penalty);
    assembly.add(op);
    losses.add(op);
    return in;
  }

  @Override
  public double total() {
    return total;
  }

  @Override
  public void forward() {
    double sum = 0;
    for (int i = 0; i < in.limit(); i++) {
      sum += Math.abs(in.get(i));
    }
    total = penalty * sum;
  }

  @Override
  public void backward() {
    if (slopes.isPresent()) {
      FloatBuffer slope = slopes.get();
      for (int i = 0; i < slope.limit(); i++) {
        slope.put(i, (float) (slope.get(i) + penalty * Math.signum(in.get(i))));
      }
    }
  }
}
