package io.evenstep.model.engine.step.op;

import io.evenstep.model.engine.Precision;
import io.evenstep.model.engine.step.kernel.Carry;
import io.evenstep.model.engine.step.kernel.Kernel;
import io.evenstep.model.engine.step.kernel.KernelSpace;
import io.evenstep.model.engine.step.kernel.Layout;
import io.evenstep.model.engine.step.kernel.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.primitive_desc_base;

/** A program being built: its operations so far, and what they share. */
public final class Assembly {
  private final KernelSpace space;
  private final boolean training;
  private final boolean rounds; // the factors of products
  private final boolean carries; // the state of recurrent layers, from segment to segment
  private final List<Op> ops = new ArrayList<>();
  private final Binding parameters = new Binding();
  private final Binding gradient = new Binding();
  private final DrawKey randomKey = new DrawKey();
  private final List<Carry> carried = new ArrayList<>();

  private Assembly(KernelSpace space, boolean training, boolean rounds, boolean carries) {
    this.space = space;
    this.training = training;
    this.rounds = rounds;
    this.carries = carries;
  }

  /** For a program that computes gradients. */
  public static Assembly forTraining(KernelSpace space, Precision precision) {
    return new Assembly(space, true, precision.rounds(), false);
  }

  /** The same for segments of sequences: recurrent layers begin in the state before a segment. */
  public static Assembly forSegments(KernelSpace space, Precision precision) {
    return new Assembly(space, true, precision.rounds(), true);
  }

  /** For a program that only computes outputs. */
  public static Assembly forInference(KernelSpace space) {
    return new Assembly(space, false, false, false);
  }

  /** Whether there is a backward pass, and layers behave as in training. */
  public boolean isTraining() {
    return training;
  }

  /** Whether recurrent layers pass their state from segment to segment. */
  public boolean isCarrying() {
    return carries;
  }

  /** Adds state that is passed on, if it {@link #isCarrying}. */
  public void carry(Tensor before, Tensor after) {
    if (carries) {
      carried.add(new Carry(before, after));
    }
  }

  /** All state that is passed on, in the order in which it was added. */
  public List<Carry> carried() {
    return List.copyOf(carried);
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

  /** The key of all random numbers. */
  public DrawKey randomKey() {
    return randomKey;
  }

  /** A unique number for an operation that draws random numbers. */
  int nextOperation() {
    return ops.size();
  }

  /** Appends an operation. */
  public void add(Op op) {
    ops.add(op);
  }

  /** The parameters that begin at this offset of the flat vector. */
  public Tensor parameter(long offset, memory.desc layout) {
    return parameters.add(space.unbound(layout), offset);
  }

  /** The gradient's entries that begin at this offset of the flat vector. */
  public Tensor gradient(long offset, memory.desc layout) {
    return gradient.add(space.unbound(layout), offset);
  }

  /** A layer's input as a factor of products. */
  public Value factor(Value in) {
    return rounds ? Rounding.input(this, in) : in;
  }

  /** Parameters as a factor of products. */
  public Tensor factor(long offset, memory.desc layout) {
    Tensor flat = parameter(offset, layout);
    return rounds ? Rounding.parameters(this, flat) : flat;
  }

  /**
   * The slope of products as a factor of the products of the backward pass. {@link #addFactor} has
   * to follow, after the operation.
   */
  public Tensor factor(Tensor slope) {
    return rounds ? space.allocate(slope.layout()) : slope;
  }

  /** Computes what {@link #factor(Tensor)} returned, before the operation's backward pass. */
  public void addFactor(Tensor slope, Tensor factor) {
    if (rounds) {
      Rounding.slope(this, slope, factor);
    }
  }

  /** An input of the network, in C order. {@code binding} gives its address. */
  public Value input(Binding binding, long... dims) {
    Tensor data = binding.add(space.unbound(Layout.plain(dims)), 0);
    return new Value(Value.shape(dims), data, Optional.empty());
  }

  /** A new result, with a slope if there is a backward pass. */
  public Value result(memory.desc layout, long... dims) {
    return new Value(
        Value.shape(dims),
        space.allocate(layout),
        training ? Optional.of(space.allocate(layout)) : Optional.empty());
  }

  /** A new result that has a slope only if its input has one. */
  public Value resultLike(Value from, memory.desc layout, long... dims) {
    return new Value(
        Value.shape(dims), space.allocate(layout), from.slope().map(it -> space.allocate(layout)));
  }

  /** The same numbers in another layout; the value itself if it has that layout already. */
  public Value inLayout(Value value, memory.desc layout) {
    return value.layout().equals(layout) ? value : ReorderOp.add(this, value, layout);
  }

  /**
   * The same numbers in the program's own memory, which does not move. The network's inputs may
   * move, and have no slope.
   */
  public Value owned(Value value) {
    return value.slope().isPresent() ? value : ReorderOp.add(this, value, value.layout());
  }

  /** The same numbers in C order. */
  public Value plain(Value value) {
    return inLayout(value, Layout.plain(value.dims()));
  }

  /** The same numbers in another shape, row by row in C order. */
  public Value reshape(Value value, long... dims) {
    Value plain = plain(value);
    memory.desc layout = Layout.plain(dims);
    return new Value(
        Value.shape(dims),
        space.alias(plain.data(), layout),
        plain.slope().map(slope -> space.alias(slope, layout)));
  }

  /** A tensor in the program's memory, all 0. */
  public Tensor allocate(memory.desc layout) {
    return space.allocate(layout);
  }

  /** A view of a tensor in another shape. */
  public Tensor alias(Tensor of, memory.desc layout) {
    return space.alias(of, layout);
  }

  /** A view that begins this many floats after a tensor's first. */
  public Tensor alias(Tensor of, memory.desc layout, long offset) {
    return space.alias(of, layout, offset);
  }

  /** oneDNN's engine, the first argument of a kernel's description. */
  public engine engine() {
    return space.engine();
  }

  /** The attributes of every kernel. */
  public primitive_attr attributes() {
    return space.attributes();
  }

  /** A kernel with its tensors, by oneDNN's numbers for its arguments. */
  public Kernel kernel(primitive_desc_base description, Map<Integer, Tensor> arguments) {
    return space.kernel(description, arguments);
  }

  /** A kernel that copies numbers into another layout. */
  public Kernel reorder(Tensor from, Tensor to) {
    return space.reorder(from, to);
  }
}
