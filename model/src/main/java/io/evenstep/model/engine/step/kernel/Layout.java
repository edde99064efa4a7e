package io.evenstep.model.engine.step.kernel;

import org.bytedeco.dnnl.memory;

/** How floats of some shape lie in memory. */
public final class Layout {
  private Layout() {}

  /** The last dimension's neighbours side by side, as in C. */
  public static memory.desc plain(long... dims) {
    long[] strides = new long[dims.length];
    long stride = 1;
    for (int i = dims.length - 1; i >= 0; i--) {
      strides[i] = stride;
      stride *= dims[i];
    }
    return strided(dims, strides);
  }

  /** Neighbours in dimension i lie {@code strides[i]} floats apart. */
  public static memory.desc strided(long[] dims, long[] strides) {
    return new memory.desc(dims, memory.data_type.f32, strides);
  }

  /** As a kernel likes it best. */
  public static memory.desc any(long... dims) {
    return new memory.desc(dims, memory.data_type.f32, memory.format_tag.any);
  }

  /** No memory at all. */
  public static memory.desc none() {
    return new memory.desc();
  }

  /** How many numbers there are. */
  public static long count(long... dims) {
    long count = 1;
    for (long dim : dims) {
      count *= dim;
    }
    return count;
  }
}
