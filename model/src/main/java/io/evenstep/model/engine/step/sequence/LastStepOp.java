package io.evenstep.model.engine.step.sequence;

import io.evenstep.model.engine.step.kernel.Layout;
import io.evenstep.model.engine.step.kernel.Tensor;
import io.evenstep.model.engine.step.op.Assembly;
import io.evenstep.model.engine.step.op.Binding;
import io.evenstep.model.engine.step.op.Op;
import io.evenstep.model.engine.step.op.Value;
import java.nio.FloatBuffer;
import java.util.Optional;

/** The last unmasked step of sequences of unequal lengths. */
public final class LastStepOp implements Op {
  private final Lengths lengths;
  private final int rows;
  private final int size;
  private final FloatBuffer in; // [time, rows, size]
  private final Optional<Tensor> inSlope;
  private final Optional<FloatBuffer> inSlopes;
  private final FloatBuffer out; // [rows, size]
  private final Optional<FloatBuffer> slopes;

  private LastStepOp(Lengths lengths, Value in, Value out) {
    this.lengths = lengths;
    this.rows = Math.toIntExact(in.size(0));
    this.size = Math.toIntExact(in.size(1));
    this.in = in.data().floats();
    this.inSlope = in.slope();
    this.inSlopes = in.slope().map(Tensor::floats);
    this.out = out.data().floats();
    this.slopes = out.slope().map(Tensor::floats);
  }

  /**
   * @param sequences [rows, size, time], computed by the program
   * @param mask [rows, time]
   * @return [rows, size]
   */
  public static Value add(Assembly assembly, Value sequences, Binding mask) {
    Value in = Sequences.stepByStep(assembly, sequences);
    Value out =
        assembly.resultLike(in, Layout.plain(in.size(0), in.size(1)), in.size(0), in.size(1));
    Lengths lengths = new Lengths(assembly, mask, in.size(0), in.size(2));
    assembly.add(new LastStepOp(lengths, in, out));
    return out;
  }

  @Override
  public void forward() {
    lengths.load();
    for (int row = 0; row < rows; row++) {
      int from = place(row);
      for (int i = 0; i < size; i++) {
        out.put(row * size + i, in.get(from + i));
      }
    }
  }

  @Override
  public void backward() {
    if (slopes.isPresent() && inSlopes.isPresent()) {
      inSlope.orElseThrow().clear();
      for (int row = 0; row < rows; row++) {
        int to = place(row);
        for (int i = 0; i < size; i++) {
          inSlopes.get().put(to + i, slopes.get().get(row * size + i));
        }
      }
    }
  }

  private int place(int row) {
    return ((lengths.of(row) - 1) * rows + row) * size;
  }
}
