package io.evenstep.model.engine.step.kernel;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;

/** Floats in memory, and how they lie there. Made by a {@link KernelSpace}. */
public final class Tensor {
  private final memory.desc layout;
  private final long bytes;
  private final memory memory;
  private final dnnl_memory handle;
  private final Address address = new Address();
  private final Address source = new Address();
  private final List<Alias> aliases = new ArrayList<>();

  /** Another view of the floats that begin so many bytes behind this tensor's first. */
  private record Alias(Tensor tensor, long offsetBytes) {}

  Tensor(memory.desc layout, memory memory, long address) {
    this.layout = layout;
    this.bytes = layout.get_size();
    this.memory = memory;
    this.handle = memory.get();
    moveTo(address);
  }

  /** How the floats lie. */
  public memory.desc layout() {
    return layout;
  }

  dnnl_memory handle() {
    return handle;
  }

  /** Another view, which moves with this one. */
  void addAlias(Tensor alias, long offsetBytes) {
    aliases.add(new Alias(alias, offsetBytes));
  }

  void close() {
    memory.close();
  }

  /** Where the first float is; 0 for a tensor that is not bound yet. */
  public long address() {
    return address.address();
  }

  /** Bytes from the first float to behind the last. */
  public long bytes() {
    return bytes;
  }

  /** From now on the floats are those at this address, which belongs to somebody else. */
  public void moveTo(long place) {
    if (place != address.address()) {
      address.moveTo(place);
      OneDnn.require(dnnl.dnnl_memory_set_data_handle(handle, address), "move a tensor");
      for (Alias alias : aliases) {
        alias.tensor().moveTo(place + alias.offsetBytes());
      }
    }
  }

  /** Copies floats that lie in the same layout. */
  public void copyFrom(long place) {
    source.moveTo(place);
    address.copyFrom(source, bytes);
  }

  /** Sets all to 0. */
  public void clear() {
    address.clear(bytes);
  }

  /** The floats as they lie where the tensor is now. Allocates: for the making of a program. */
  public FloatBuffer floats() {
    return OffHeap.floats(address.address(), bytes / Float.BYTES);
  }
}
