package io.evenstep.model.engine.step.attention;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_1;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import io.evenstep.model.engine.step.kernel.Kernel;
import io.evenstep.model.engine.step.kernel.Layout;
import io.evenstep.model.engine.step.kernel.Tensor;
import io.evenstep.model.engine.step.op.Assembly;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;

/** Products of equally many matrices, [count, ..., ...] each. */
final class BatchProducts {
  private final Assembly assembly;
  private final long count;

  BatchProducts(Assembly assembly, long count) {
    this.assembly = assembly;
    this.count = count;
  }

  /** A view of matrices of this many rows and columns with both exchanged. */
  Tensor turned(Tensor matrices, long rows, long columns) {
    return assembly.alias(
        matrices,
        Layout.strided(new long[] {count, columns, rows}, new long[] {rows * columns, 1, columns}));
  }

  Kernel of(Tensor left, Tensor right, Tensor to) {
    return of(left, right, to, 1, Optional.empty());
  }

  /**
   * @param scale multiplies the products
   * @param more is added to them, [1 or count, ..., ...]
   */
  Kernel of(Tensor left, Tensor right, Tensor to, float scale, Optional<Tensor> more) {
    primitive_attr attributes = assembly.attributes();
    post_ops after = new post_ops();
    Map<Integer, Tensor> arguments = new HashMap<>();
    if (scale != 1) {
      after.append_eltwise(algorithm.eltwise_linear, scale, 0);
    }
    more.ifPresent(
        it -> {
          arguments.put(
              DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE * (after.len() + 1) | DNNL_ARG_SRC_1, it);
          after.append_binary(algorithm.binary_add, it.layout());
        });
    if (after.len() > 0) {
      attributes.set_post_ops(after);
    }
    arguments.put(DNNL_ARG_SRC, left);
    arguments.put(DNNL_ARG_WEIGHTS, right);
    arguments.put(DNNL_ARG_DST, to);
    return assembly.kernel(
        new matmul.primitive_desc(
            assembly.engine(), left.layout(), right.layout(), to.layout(), attributes, false),
        arguments);
  }
}
