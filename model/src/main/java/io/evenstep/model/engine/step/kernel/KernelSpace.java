package io.evenstep.model.engine.step.kernel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.primitive_desc_base;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/**
 * The memory that the kernels of one program share, scratch memory included. Allocated before the
 * first step and freed by {@link #close}. Belongs to one thread.
 */
public final class KernelSpace implements AutoCloseable {
  private static final long ALIGNMENT = 64; // a cache line, and the widest vector

  private final stream stream = new stream(OneDnn.engine());
  private final List<BytePointer> blocks = new ArrayList<>();
  private final List<Tensor> tensors = new ArrayList<>();
  private final List<Tensor> scratch = new ArrayList<>();
  private final List<Kernel> kernels = new ArrayList<>();
  private long scratchBytes;

  /** oneDNN's engine, the first argument of a kernel's description. */
  public engine engine() {
    return OneDnn.engine();
  }

  /** The attributes of every kernel: deterministic results, and scratch memory that we provide. */
  public primitive_attr attributes() {
    primitive_attr attributes = new primitive_attr();
    attributes.set_scratchpad_mode(dnnl.scratchpad_mode.user);
    attributes.set_deterministic(true);
    return attributes;
  }

  /** A tensor in this program's memory, all 0. */
  public Tensor allocate(memory.desc layout) {
    return tensor(layout, block(layout.get_size()));
  }

  /** A tensor in memory of somebody else, bound to an address later. */
  public Tensor unbound(memory.desc layout) {
    return tensor(layout, 0);
  }

  /** A view of a tensor in another shape. It moves with that tensor. */
  public Tensor alias(Tensor of, memory.desc layout) {
    return alias(of, layout, 0);
  }

  /** A view that begins this many floats after a tensor's first. It moves with that tensor. */
  public Tensor alias(Tensor of, memory.desc layout, long offset) {
    long bytes = offset * Float.BYTES;
    Tensor alias = tensor(layout, of.address() + bytes);
    of.addAlias(alias, bytes);
    return alias;
  }

  private Tensor tensor(memory.desc layout, long address) {
    memory handle = new memory(layout, engine(), new Pointer()); // without its own memory
    Tensor tensor = new Tensor(layout, handle, address);
    tensors.add(tensor);
    return tensor;
  }

  private long block(long bytes) {
    BytePointer block = new BytePointer(Math.max(1, bytes) + ALIGNMENT);
    Pointer.memset(block, 0, block.capacity());
    blocks.add(block);
    return (block.address() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  /**
   * @param description made with {@link #attributes}
   * @param arguments oneDNN's number of each argument, and its tensor
   */
  public Kernel kernel(primitive_desc_base description, Map<Integer, Tensor> arguments) {
    Map<Integer, Tensor> all = new HashMap<>(arguments);
    memory.desc room = description.scratchpad_desc();
    if (room.get_size() > 0) {
      Tensor own = unbound(room);
      scratch.add(own);
      scratchBytes = Math.max(scratchBytes, room.get_size());
      all.put(dnnl.DNNL_ARG_SCRATCHPAD, own);
    }
    Kernel kernel = new Kernel(description, all, stream);
    kernels.add(kernel);
    return kernel;
  }

  /** Copies a tensor into another of the same shape and another layout. */
  public Kernel reorder(Tensor from, Tensor to) {
    reorder.primitive_desc description =
        new reorder.primitive_desc(
            engine(), from.layout(), engine(), to.layout(), attributes(), false);
    return kernel(description, Map.of(dnnl.DNNL_ARG_FROM, from, dnnl.DNNL_ARG_TO, to));
  }

  /**
   * To be called after the last kernel was made: allocates scratch memory for the kernel that needs
   * most.
   */
  public void seal() {
    long room = block(scratchBytes);
    scratch.forEach(tensor -> tensor.moveTo(room));
  }

  /** All kernels, in the order in which they were made. */
  public List<Kernel> kernels() {
    return List.copyOf(kernels);
  }

  /** Bytes of memory it holds. */
  public long bytes() {
    return blocks.stream().mapToLong(BytePointer::capacity).sum();
  }

  @Override
  public void close() {
    kernels.forEach(Kernel::close);
    tensors.forEach(Tensor::close);
    blocks.forEach(BytePointer::close);
    stream.close();
  }
}
