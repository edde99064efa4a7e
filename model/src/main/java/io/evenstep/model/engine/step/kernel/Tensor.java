package io.evenstep.model.engine.step.kernel;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;

/**
 * Floats in memory and their layout; factors of products may be of bfloat16. Made by a {@link
 * KernelSpace}.
 */
public final class Tensor {
  private final memory.desc layout;
  private final long bytes;
  private final memory memory;
  private final dnnl_memory handle;
  private final Address address = new Address();
  private final Address source = new Address();
  private final List<Alias> aliases = new ArrayList<>();

  /** Another view that begins this many bytes after this tensor's first float. */
  private record Alias(Tensor tensor, long offsetBytes) {}

  Tensor(memory.desc layout, memory memory, long address) {
    this.layout = layout;
    this.bytes = layout.get_size();
    this.memory = memory;
    this.handle = memory.get();
    moveTo(address);
  }

  /** The layout of the floats. */
  public memory.desc layout() {
    return layout;
  }

  dnnl_memory handle() {
    return handle;
  }

  /** Adds a view that moves with this tensor. */
  void addAlias(Tensor alias, long offsetBytes) {
    aliases.add(new Alias(alias, offsetBytes));
  }

  void close() {
    memory.close();
  }

  /** The address of the first float; 0 for a tensor that is not bound yet. */
  public long address() {
    return address.address();
  }

  /** Bytes from the first float to the end of the last. */
  public long bytes() {
    return bytes;
  }

  /** Moves the tensor to this address, in memory that belongs to somebody else. */
  public void moveTo(long place) {
    if (place != address.address()) {
      address.moveTo(place);
      OneDnn.require(dnnl.dnnl_memory_set_data_handle(handle, address), "move a tensor");
      for (Alias alias : aliases) {
        alias.tensor().moveTo(place + alias.offsetBytes());
      }
    }
  }

  /** Copies floats that have the same layout. */
  public void copyFrom(long place) {
    source.moveTo(place);
    address.copyFrom(source, bytes);
  }

  /** Sets all to 0. */
  public void clear() {
    address.clear(bytes);
  }

  /**
   * The floats at the tensor's current address. Allocates, so use it only while a program is made.
   */
  public FloatBuffer floats() {
    return OffHeap.floats(address.address(), bytes / Float.BYTES);
  }
}
