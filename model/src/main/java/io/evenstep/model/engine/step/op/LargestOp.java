package io.evenstep.model.engine.step.op;

import io.evenstep.model.engine.step.kernel.Tensor;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;

/** The maximum of values of one shape, element by element; of equal ones, the first. */
public final class LargestOp implements Op {
  private final List<FloatBuffer> in;
  private final List<Optional<FloatBuffer>> inSlopes;
  private final FloatBuffer out;
  private final Optional<FloatBuffer> slopes;
  private final byte[] which; // index of the largest value, for each element

  private LargestOp(List<Value> in, Value out) {
    this.in = in.stream().map(value -> value.data().floats()).toList();
    this.inSlopes = in.stream().map(value -> value.slope().map(Tensor::floats)).toList();
    this.out = out.data().floats();
    this.slopes = out.slope().map(Tensor::floats);
    this.which = new byte[this.out.limit()];
  }

  /**
   * @param given at most {@link Byte#MAX_VALUE} values
   */
  public static Value add(Assembly assembly, List<Value> given) {
    List<Value> parts =
        CombineOp.inOneLayout(assembly, given).stream().map(assembly::owned).toList();
    Value out = CombineOp.resultOf(assembly, parts);
    assembly.add(new LargestOp(parts, out));
    return out;
  }

  @Override
  public void forward() {
    for (int i = 0; i < which.length; i++) {
      float largest = in.get(0).get(i);
      which[i] = 0;
      for (int k = 1; k < in.size(); k++) {
        float number = in.get(k).get(i);
        if (number > largest) {
          largest = number;
          which[i] = (byte) k;
        }
      }
      out.put(i, largest);
    }
  }

  @Override
  public void backward() {
    if (slopes.isEmpty()) {
      return;
    }
    for (int k = 0; k < in.size(); k++) {
      if (inSlopes.get(k).isPresent()) {
        FloatBuffer slope = inSlopes.get(k).get();
        for (int i = 0; i < which.length; i++) {
          slope.put(i, which[i] == k ? slopes.get().get(i) : 0);
        }
      }
    }
  }
}
