package io.evenstep.model.engine.step.sequence;

import io.evenstep.model.engine.step.kernel.Kernel;
import io.evenstep.model.engine.step.kernel.Layout;
import io.evenstep.model.engine.step.kernel.Tensor;
import io.evenstep.model.engine.step.op.Assembly;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.memory;

/**
 * Parameters of a recurrent layer that DL4J stores as one block per gate. oneDNN has the gates in
 * another order: the blocks are copied into it when the parameters change, and their gradients are
 * copied back at each step.
 */
final class GateBlocks {
  private record Move(Tensor from, Tensor to) {
    void run() {
      to.copyFrom(from.address());
    }
  }

  private final Assembly assembly;
  private final long offset;
  private final int[] order;
  private final memory.desc layout; // gate by gate
  private final long length; // of a gate's block
  private final List<Move> loads = new ArrayList<>();
  private final List<Kernel> loadReorders = new ArrayList<>();
  private final List<Kernel> storeReorders = new ArrayList<>();
  private final List<Move> stores = new ArrayList<>();
  private final List<Tensor> sums = new ArrayList<>();

  /**
   * @param offset of the first block in the flat vector
   * @param order for each of oneDNN's gates, the index of DL4J's block
   * @param layout of all blocks, one after the other in oneDNN's order
   */
  GateBlocks(Assembly assembly, long offset, int[] order, memory.desc layout) {
    this.assembly = assembly;
    this.offset = offset;
    this.order = order.clone();
    this.layout = layout;
    this.length = layout.get_size() / Float.BYTES / order.length;
  }

  /**
   * The layout of [1, 1, rows, gates, units]; DL4J has [rows, units] in Fortran order for each
   * gate.
   */
  static memory.desc matrix(long rows, long gates, long units) {
    return Layout.strided(
        new long[] {1, 1, rows, gates, units},
        new long[] {rows * gates * units, rows * gates * units, 1, rows * units, rows});
  }

  /** The parameters in the layout that a kernel wants. */
  Tensor parameters(memory.desc wanted) {
    Tensor all = assembly.allocate(layout);
    for (int gate = 0; gate < order.length; gate++) {
      Tensor flat = assembly.parameter(offset + order[gate] * length, Layout.plain(length));
      loads.add(new Move(flat, assembly.alias(all, Layout.plain(length), gate * length)));
    }
    if (wanted.equals(layout)) {
      return all;
    }
    Tensor copy = assembly.allocate(wanted);
    loadReorders.add(assembly.reorder(all, copy));
    return copy;
  }

  /** Where a kernel adds its gradient. */
  Tensor gradient(memory.desc wanted) {
    Tensor sum = assembly.allocate(wanted);
    sums.add(sum);
    Tensor all = sum;
    if (!wanted.equals(layout)) {
      all = assembly.allocate(layout);
      storeReorders.add(assembly.reorder(sum, all));
    }
    for (int gate = 0; gate < order.length; gate++) {
      Tensor flat = assembly.gradient(offset + order[gate] * length, Layout.plain(length));
      stores.add(new Move(assembly.alias(all, Layout.plain(length), gate * length), flat));
    }
    return sum;
  }

  void load() {
    for (int i = 0; i < loads.size(); i++) {
      loads.get(i).run();
    }
    for (int i = 0; i < loadReorders.size(); i++) {
      loadReorders.get(i).run();
    }
  }

  /** Clears the gradient, because kernels add to it. */
  void clearGradient() {
    for (int i = 0; i < sums.size(); i++) {
      sums.get(i).clear();
    }
  }

  void storeGradient() {
    for (int i = 0; i < storeReorders.size(); i++) {
      storeReorders.get(i).run();
    }
    for (int i = 0; i < stores.size(); i++) {
      stores.get(i).run();
    }
  }
}
