package io.evenstep.model.engine.step.op;

import io.evenstep.model.engine.step.kernel.Kernel;
import io.evenstep.model.engine.step.kernel.Layout;
import io.evenstep.model.engine.step.kernel.Tensor;
import io.evenstep.model.engine.step.kernel.Workbench;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.primitive_desc_base;

/** A program in the making: its operations so far, and what they share. */
public final class Assembly {
  private final Workbench bench;
  private final boolean training;
  private final List<Op> ops = new ArrayList<>();
  private final Binding parameters = new Binding();
  private final Binding gradient = new Binding();
  private final RandomKey randomKey = new RandomKey();

  private Assembly(Workbench bench, boolean training) {
    this.bench = bench;
    this.training = training;
  }

  /** Of a program that computes gradients. */
  public static Assembly forTraining(Workbench bench) {
    return new Assembly(bench, true);
  }

  /** Of a program that only computes outputs. */
  public static Assembly forInference(Workbench bench) {
    return new Assembly(bench, false);
  }

  /** Whether there is a backward pass, and layers behave as in training. */
  public boolean isTraining() {
    return training;
  }

  /** All operations so far. */
  public List<Op> ops() {
    return List.copyOf(ops);
  }

  /** Where the flat vector of parameters is. */
  public Binding parameters() {
    return parameters;
  }

  /** Where the flat gradient is written. */
  public Binding gradient() {
    return gradient;
  }

  /** What random numbers are drawn from. */
  public RandomKey randomKey() {
    return randomKey;
  }

  /** A number for an operation that draws random numbers; each its own. */
  int nextOperation() {
    return ops.size();
  }

  /** Appends an operation. */
  public void add(Op op) {
    ops.add(op);
  }

  /** Parameters that begin at this place of the flat vector. */
  Tensor parameter(long offset, memory.desc layout) {
    return parameters.add(bench.unbound(layout), offset);
  }

  /** The gradient's entries that begin at this place of the flat vector. */
  Tensor gradient(long offset, memory.desc layout) {
    return gradient.add(bench.unbound(layout), offset);
  }

  /** An input of the network, in C's order, which {@code binding} will say the place of. */
  public Value input(Binding binding, long... dims) {
    Tensor data = binding.add(bench.unbound(Layout.plain(dims)), 0);
    return new Value(Value.shape(dims), data, Optional.empty());
  }

  /** A new result with a slope, if there is a backward pass. */
  Value result(memory.desc layout, long... dims) {
    return new Value(
        Value.shape(dims),
        bench.allocate(layout),
        training ? Optional.of(bench.allocate(layout)) : Optional.empty());
  }

  /** A new result that has a slope only where what it is computed from has one. */
  Value resultLike(Value from, memory.desc layout, long... dims) {
    return new Value(
        Value.shape(dims), bench.allocate(layout), from.slope().map(it -> bench.allocate(layout)));
  }

  /** The same numbers in another layout; the value itself where it has that layout already. */
  Value inLayout(Value value, memory.desc layout) {
    return value.layout().equals(layout) ? value : ReorderOp.add(this, value, layout);
  }

  /** The same numbers in C's order. */
  public Value plain(Value value) {
    return inLayout(value, Layout.plain(value.dims()));
  }

  /** The same numbers in another shape, row by row in C's order. */
  public Value reshape(Value value, long... dims) {
    Value plain = plain(value);
    memory.desc layout = Layout.plain(dims);
    return new Value(
        Value.shape(dims),
        bench.alias(plain.data(), layout),
        plain.slope().map(slope -> bench.alias(slope, layout)));
  }

  /** Memory of the program, all 0. */
  public Tensor allocate(memory.desc layout) {
    return bench.allocate(layout);
  }

  Tensor alias(Tensor of, memory.desc layout) {
    return bench.alias(of, layout);
  }

  engine engine() {
    return bench.engine();
  }

  primitive_attr attributes() {
    return bench.attributes();
  }

  Kernel kernel(primitive_desc_base description, Map<Integer, Tensor> arguments) {
    return bench.kernel(description, arguments);
  }

  Kernel reorder(Tensor from, Tensor to) {
    return bench.reorder(from, to);
  }
}
