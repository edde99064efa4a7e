package io.evenstep.model.engine.step.sequence;

import io.evenstep.model.engine.step.kernel.Layout;
import io.evenstep.model.engine.step.kernel.Tensor;
import io.evenstep.model.engine.step.op.Assembly;
import io.evenstep.model.engine.step.op.Value;
import java.util.Optional;
import org.bytedeco.dnnl.memory;

/**
 * Sequences in the layout that recurrent kernels want: [rows, size, time] laid out step by step, so
 * that the same floats are [time, rows, size], and [time rows, size], in C order.
 */
public final class Sequences {
  private Sequences() {}

  /** The layout of [rows, size, time] step by step. */
  public static memory.desc layout(long rows, long size, long time) {
    return Layout.strided(new long[] {rows, size, time}, new long[] {size, 1, rows * size});
  }

  /** The same numbers, laid out step by step. */
  public static Value stepByStep(Assembly assembly, Value in) {
    return assembly.inLayout(in, layout(in.size(0), in.size(1), in.size(2)));
  }

  /** A view of such sequences as [time, rows, size]. */
  static Tensor steps(Assembly assembly, Value sequences, Tensor part) {
    return assembly.alias(
        part, Layout.plain(sequences.size(2), sequences.size(0), sequences.size(1)));
  }

  /** Sequences as one list of rows, [time rows, size]. */
  public static Value rows(Assembly assembly, Value sequences) {
    Value in = stepByStep(assembly, sequences);
    long rows = in.size(0) * in.size(2);
    memory.desc layout = Layout.plain(rows, in.size(1));
    return new Value(
        Value.shape(rows, in.size(1)),
        assembly.alias(in.data(), layout),
        in.slope().map(slope -> assembly.alias(slope, layout)));
  }

  /** The reverse of {@link #rows}, possibly with another size. */
  public static Value ofRows(Assembly assembly, Value list, long rows) {
    long time = list.size(0) / rows;
    memory.desc layout = layout(rows, list.size(1), time);
    return new Value(
        Value.shape(rows, list.size(1), time),
        assembly.alias(list.data(), layout),
        list.slope().map(slope -> assembly.alias(slope, layout)));
  }

  /**
   * The last step of sequences, [rows, size]. The slopes of the other steps stay 0, so nothing else
   * may take the sequences.
   */
  public static Value last(Assembly assembly, Value sequences) {
    Value in = stepByStep(assembly, sequences);
    memory.desc layout = Layout.plain(in.size(0), in.size(1));
    long offset = (in.size(2) - 1) * in.size(0) * in.size(1);
    Optional<Tensor> slope = in.slope().map(it -> assembly.alias(it, layout, offset));
    return new Value(
        Value.shape(in.size(0), in.size(1)), assembly.alias(in.data(), layout, offset), slope);
  }
}
