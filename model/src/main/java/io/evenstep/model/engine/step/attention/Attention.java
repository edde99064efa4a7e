package io.evenstep.model.engine.step.attention;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;

import io.evenstep.model.engine.step.kernel.Kernel;
import io.evenstep.model.engine.step.kernel.Layout;
import io.evenstep.model.engine.step.kernel.Tensor;
import io.evenstep.model.engine.step.op.Assembly;
import io.evenstep.model.engine.step.op.Binding;
import io.evenstep.model.engine.step.op.KernelsOp;
import io.evenstep.model.engine.step.op.Value;
import io.evenstep.model.layer.SelfAttention;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.softmax_backward;
import org.bytedeco.dnnl.softmax_forward;

/**
 * Adds multi-head attention to queries, keys and values that are computed already. Each head's
 * matrices are copied into one block, because products of blocks are faster than of strided views.
 */
public final class Attention {
  private final Assembly assembly;
  private final long rows;
  private final long time;
  private final long heads;
  private final long size; // of a head
  private final long units;
  private final BatchProducts products;
  private final List<Kernel> forward = new ArrayList<>();
  private final List<Kernel> backward = new ArrayList<>();

  private Attention(Assembly assembly, long rows, long time, long heads, long units) {
    this.assembly = assembly;
    this.rows = rows;
    this.time = time;
    this.heads = heads;
    this.size = units / heads;
    this.units = units;
    this.products = new BatchProducts(assembly, rows * heads);
  }

  /**
   * @param projected queries, keys and values side by side, [time rows, 3 units], in C order
   * @param rows of the shard
   * @param mask of the steps, [rows, time]; empty when none is padding
   * @return the weighted values, [time rows, units]
   */
  public static Value add(
      Assembly assembly,
      Value projected,
      long rows,
      long heads,
      boolean isCausal,
      Optional<Binding> mask) {
    long units = projected.size(1) / 3;
    Attention attention = new Attention(assembly, rows, projected.size(0) / rows, heads, units);
    return attention.add(projected, attention.hidden(isCausal, mask));
  }

  /** What is added to scores, [1 or rows heads, time, time]. */
  private Optional<Tensor> hidden(boolean isCausal, Optional<Binding> mask) {
    if (mask.isPresent()) {
      HiddenSteps hidden = new HiddenSteps(assembly, mask.get(), rows, heads, time, isCausal);
      assembly.add(hidden);
      return Optional.of(hidden.scores());
    }
    return isCausal ? Optional.of(laterSteps()) : Optional.empty();
  }

  private Value add(Value projected, Optional<Tensor> hidden) {
    Tensor query = block();
    Tensor key = block();
    Tensor value = block();
    forward.add(assembly.reorder(view(projected.data(), 0), perRow(query)));
    forward.add(assembly.reorder(view(projected.data(), 1), perRow(key)));
    forward.add(assembly.reorder(view(projected.data(), 2), perRow(value)));
    Tensor weights = assembly.allocate(Layout.plain(rows * heads, time, time));
    float scale = (float) (1 / Math.sqrt(size));
    forward.add(products.of(query, products.turned(key, time, size), weights, scale, hidden));
    softmax_forward.primitive_desc softmax = softmax(weights.layout());
    forward.add(assembly.kernel(softmax, Map.of(DNNL_ARG_SRC, weights, DNNL_ARG_DST, weights)));
    Tensor seen = block();
    forward.add(products.of(weights, value, seen));
    Value out = assembly.result(Layout.plain(time * rows, units), time * rows, units);
    forward.add(assembly.reorder(perRow(seen), view(out.data(), units, 0)));
    if (out.slope().isPresent() && projected.slope().isPresent()) {
      Tensor toSeen = block();
      backward.add(assembly.reorder(view(out.slope().get(), units, 0), perRow(toSeen)));
      Tensor toWeights = assembly.allocate(weights.layout());
      backward.add(products.of(toSeen, products.turned(value, time, size), toWeights));
      Tensor toBlock = block();
      backward.add(products.of(products.turned(weights, time, time), toSeen, toBlock));
      backward.add(give(toBlock, projected, 2));
      backward.add(softmaxBackward(softmax, weights, toWeights));
      backward.add(products.of(toWeights, key, toBlock, scale, Optional.empty()));
      backward.add(give(toBlock, projected, 0));
      backward.add(
          products.of(
              products.turned(toWeights, time, time), query, toBlock, scale, Optional.empty()));
      backward.add(give(toBlock, projected, 1));
    }
    assembly.add(new KernelsOp(List.of(), forward, backward));
    return out;
  }

  private Kernel give(Tensor block, Value projected, long part) {
    return assembly.reorder(perRow(block), view(projected.slope().orElseThrow(), part));
  }

  /** One matrix for each row and head, [rows heads, time, size]. */
  private Tensor block() {
    return assembly.allocate(Layout.plain(rows * heads, time, size));
  }

  private Tensor perRow(Tensor block) {
    return assembly.alias(block, Layout.plain(rows, heads, time, size));
  }

  /** Queries, keys or values as [rows, heads, time, size]. */
  private Tensor view(Tensor projected, long part) {
    return view(projected, 3 * units, part * units);
  }

  private Tensor view(Tensor list, long width, long offset) {
    return assembly.alias(
        list,
        Layout.strided(
            new long[] {rows, heads, time, size}, new long[] {width, size, rows * width, 1}),
        offset);
  }

  /** What is added to scores, [1, time, time]: 0, and far below 0 for later steps. */
  private Tensor laterSteps() {
    Tensor mask = assembly.allocate(Layout.plain(1, time, time));
    FloatBuffer floats = mask.floats();
    int steps = Math.toIntExact(time);
    for (int step = 0; step < steps; step++) {
      for (int later = step + 1; later < steps; later++) {
        floats.put(step * steps + later, SelfAttention.NEVER);
      }
    }
    return mask;
  }

  private softmax_forward.primitive_desc softmax(memory.desc layout) {
    return new softmax_forward.primitive_desc(
        assembly.engine(),
        prop_kind.forward_training,
        algorithm.softmax_accurate,
        layout,
        layout,
        2,
        assembly.attributes(),
        false);
  }

  private Kernel softmaxBackward(
      softmax_forward.primitive_desc forward, Tensor weights, Tensor slope) {
    memory.desc layout = weights.layout();
    return assembly.kernel(
        new softmax_backward.primitive_desc(
            assembly.engine(),
            algorithm.softmax_accurate,
            layout,
            layout,
            layout,
            2,
            forward,
            assembly.attributes(),
            false),
        Map.of(DNNL_ARG_DST, weights, DNNL_ARG_DIFF_DST, slope, DNNL_ARG_DIFF_SRC, slope));
  }
}
