package io.evenstep.model.engine.step.sequence;

import io.evenstep.model.engine.step.kernel.Layout;
import io.evenstep.model.engine.step.kernel.Tensor;
import io.evenstep.model.engine.step.op.Assembly;
import io.evenstep.model.engine.step.op.Binding;
import io.evenstep.model.engine.step.op.Op;
import io.evenstep.model.engine.step.op.Value;
import java.nio.FloatBuffer;
import java.util.Optional;

/** Sequences of unequal lengths pooled over the steps that count. */
public final class PooledStepsOp implements Op {
  /** How a sequence is pooled. */
  public enum Kind {
    /** The maximum of its steps; of equal ones, the first. */
    MAX,
    /** The mean of its steps. */
    MEAN,
    /** The sum of its steps. */
    SUM
  }

  private final Kind kind;
  private final Lengths lengths;
  private final int stride; // distance from a step to the next: rows times size
  private final int size;
  private final FloatBuffer in; // [time, rows, size]
  private final Optional<Tensor> inSlope;
  private final Optional<FloatBuffer> inSlopes;
  private final FloatBuffer out; // [rows, size]
  private final Optional<FloatBuffer> slopes;
  private final int[] largest; // [rows, size], the step of the maximum

  private PooledStepsOp(Kind kind, Lengths lengths, Value in, Value out) {
    this.kind = kind;
    this.lengths = lengths;
    this.size = Math.toIntExact(in.size(1));
    this.stride = Math.toIntExact(in.size(0) * in.size(1));
    this.in = in.data().floats();
    this.inSlope = in.slope();
    this.inSlopes = in.slope().map(Tensor::floats);
    this.out = out.data().floats();
    this.slopes = out.slope().map(Tensor::floats);
    this.largest = new int[stride];
  }

  /**
   * @param sequences [rows, size, time], computed by the program
   * @param mask [rows, time]
   * @return [rows, size]
   */
  public static Value add(Assembly assembly, Value sequences, Kind kind, Binding mask) {
    Value in = Sequences.stepByStep(assembly, sequences);
    Value out =
        assembly.resultLike(in, Layout.plain(in.size(0), in.size(1)), in.size(0), in.size(1));
    Lengths lengths = new Lengths(assembly, mask, in.size(0), in.size(2));
    assembly.add(new PooledStepsOp(kind, lengths, in, out));
    return out;
  }

  @Override
  public void forward() {
    lengths.load();
    for (int i = 0; i < stride; i++) {
      out.put(i, kind == Kind.MAX ? max(i) : sum(i) * factor(i));
    }
  }

  private float max(int i) {
    int end = i + lengths.of(i / size) * stride;
    int best = i;
    for (int at = i + stride; at < end; at += stride) {
      best = in.get(at) > in.get(best) ? at : best;
    }
    largest[i] = best;
    return in.get(best);
  }

  private float sum(int i) {
    int end = i + lengths.of(i / size) * stride;
    float sum = 0;
    for (int at = i; at < end; at += stride) {
      sum += in.get(at);
    }
    return sum;
  }

  private float factor(int i) {
    return kind == Kind.MEAN ? 1f / lengths.of(i / size) : 1;
  }

  @Override
  public void backward() {
    if (slopes.isPresent() && inSlopes.isPresent()) {
      inSlope.orElseThrow().clear();
      for (int i = 0; i < stride; i++) {
        spread(i, slopes.get().get(i), inSlopes.get());
      }
    }
  }

  private void spread(int i, float slope, FloatBuffer to) {
    if (kind == Kind.MAX) {
      to.put(largest[i], slope);
      return;
    }
    int end = i + lengths.of(i / size) * stride;
    for (int at = i; at < end; at += stride) {
      to.put(at, slope * factor(i));
    }
  }
}
