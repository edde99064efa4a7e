package io.evenstep.model.engine.step.kernel;

import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.dnnl_primitive;
import org.bytedeco.dnnl.dnnl_stream;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_desc_base;
import org.bytedeco.dnnl.stream;

/** A oneDNN primitive with its tensors. Belongs to one thread. */
public final class Kernel implements AutoCloseable {
  private final String name;
  private final primitive primitive;
  private final dnnl_primitive handle;
  private final stream stream;
  private final dnnl_stream streamHandle;
  private final List<Tensor> tensors; // kept alive, because the arguments hold only their addresses
  private final dnnl_exec_arg_t arguments;
  private final int count;
  private long runs;

  Kernel(primitive_desc_base description, Map<Integer, Tensor> tensors, stream stream) {
    this.name = description.get_kind() + " " + description.impl_info_str().getString();
    this.primitive = new primitive(description.get());
    this.handle = primitive.get();
    this.stream = stream;
    this.streamHandle = stream.get();
    this.tensors = List.copyOf(tensors.values());
    this.count = tensors.size();
    this.arguments = new dnnl_exec_arg_t(Math.max(1, count));
    int at = 0;
    for (Map.Entry<Integer, Tensor> tensor : tensors.entrySet()) {
      arguments.position(at++).arg(tensor.getKey()).memory(tensor.getValue().handle());
    }
    arguments.position(0);
  }

  /** Runs the primitive. */
  public void run() {
    runs++;
    int status = dnnl.dnnl_primitive_execute(handle, streamHandle, count, arguments);
    if (status != dnnl.dnnl_success) {
      OneDnn.require(status, "run " + this);
    }
  }

  /** How often it has run, for a benchmark. */
  public long runs() {
    return runs;
  }

  /** What it computes, and which implementation oneDNN chose. */
  @Override
  public String toString() {
    return name;
  }

  @Override
  public void close() {
    arguments.close();
    primitive.close();
  }
}
