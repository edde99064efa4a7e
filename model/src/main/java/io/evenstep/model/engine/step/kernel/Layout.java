package io.evenstep.model.engine.step.kernel;

import org.bytedeco.dnnl.memory;

/** How the numbers of a shape are laid out in memory; floats unless said otherwise. */
public final class Layout {
  private Layout() {}

  /** C order: neighbours in the last dimension are adjacent. */
  public static memory.desc plain(long... dims) {
    return plain(memory.data_type.f32, dims);
  }

  /** C order, of numbers of this type. */
  public static memory.desc plain(memory.data_type type, long... dims) {
    long[] strides = new long[dims.length];
    long stride = 1;
    for (int i = dims.length - 1; i >= 0; i--) {
      strides[i] = stride;
      stride *= dims[i];
    }
    return new memory.desc(dims, type, strides);
  }

  /** Neighbours in dimension i are {@code strides[i]} floats apart. */
  public static memory.desc strided(long[] dims, long[] strides) {
    return new memory.desc(dims, memory.data_type.f32, strides);
  }

  /** The layout that a kernel prefers. */
  public static memory.desc any(long... dims) {
    return any(memory.data_type.f32, dims);
  }

  /** The layout that a kernel prefers, of numbers of this type. */
  public static memory.desc any(memory.data_type type, long... dims) {
    return new memory.desc(dims, type, memory.format_tag.any);
  }

  /** No memory. */
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
