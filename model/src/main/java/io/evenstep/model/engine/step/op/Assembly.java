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
  private final Use use;
  private final Precision precision; // of products
  private boolean carries; // the state of recurrent layers, from segment to segment
  private final List<Op> ops = new ArrayList<>();
  private final Binding parameters = new Binding();
  private final Binding gradient = new Binding();
  private final DrawKey randomKey = new DrawKey();
  private final List<Carry> carried = new ArrayList<>();

  /** What a program is for. */
  private enum Use {
    /** Gradients. */
    TRAINING,
    /** Gradients, and the slopes of the inputs. */
    ATTACKED_TRAINING,
    /** The slopes of the inputs; layers behave as in inference. */
    INPUT_SLOPES,
    /** Outputs. */
    INFERENCE
  }

  private Assembly(KernelSpace space, Use use, Precision precision) {
    this.space = space;
    this.use = use;
    this.precision = precision;
  }

  /** For a program that computes gradients. */
  public static Assembly forTraining(KernelSpace space, Precision precision) {
    return new Assembly(space, Use.TRAINING, precision);
  }

  /** For a program that computes gradients, and the slopes of its inputs with them. */
  public static Assembly forAttackedTraining(KernelSpace space, Precision precision) {
    return new Assembly(space, Use.ATTACKED_TRAINING, precision);
  }

  /** For a program that computes the slopes of its inputs, with layers that behave as trained. */
  public static Assembly forInputSlopes(KernelSpace space) {
    return new Assembly(space, Use.INPUT_SLOPES, Precision.FLOAT32);
  }

  /** For a program that only computes outputs. */
  public static Assembly forInference(KernelSpace space) {
    return new Assembly(space, Use.INFERENCE, Precision.FLOAT32);
  }

  /** Whether layers behave as in training: dropout, and the statistics of the shard's own rows. */
  public boolean isTraining() {
    return use == Use.TRAINING || use == Use.ATTACKED_TRAINING;
  }

  /** Whether there is a backward pass. */
  public boolean hasSlopes() {
    return use != Use.INFERENCE;
  }

  private boolean hasInputSlopes() {
    return use == Use.ATTACKED_TRAINING || use == Use.INPUT_SLOPES;
  }

  /** The same, for segments of sequences: recurrent layers begin in the state before a segment. */
  public Assembly ofSegments() {
    carries = true;
    return this;
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
  public int nextOperation() {
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

  /** Whether the factors of products are of bfloat16, in memory too. */
  public boolean isNarrow() {
    return precision == Precision.BFLOAT16;
  }

  /** The type of the factors of products, for oneDNN. */
  public memory.data_type factors() {
    return isNarrow() ? memory.data_type.bf16 : memory.data_type.f32;
  }

  /** A layer's input, in C order if {@link #isNarrow}, as a factor of products. */
  public Value factor(Value in) {
    return precision.rounds() ? Rounding.input(this, in) : in;
  }

  /** Parameters, in C order if {@link #isNarrow}, as a factor of products. */
  public Tensor factor(long offset, memory.desc layout) {
    Tensor flat = parameter(offset, layout);
    return precision.rounds() ? Rounding.parameters(this, flat) : flat;
  }

  /**
   * The slope of products as a factor of the products of the backward pass. {@link #addFactor} has
   * to follow, after the operation.
   */
  public Tensor factor(Tensor slope) {
    return precision.rounds() ? Rounding.room(this, slope) : slope;
  }

  /** Computes what {@link #factor(Tensor)} returned, before the operation's backward pass. */
  public void addFactor(Tensor slope, Tensor factor) {
    if (precision.rounds()) {
      Rounding.slope(this, slope, factor);
    }
  }

  /**
   * An input of the network, in C order. {@code binding} gives its address. It has a slope in a
   * program for the slopes of inputs.
   */
  public Value input(Binding binding, long... dims) {
    Tensor data = binding.add(space.unbound(Layout.plain(dims)), 0);
    Value in = new Value(Value.shape(dims), data, Optional.empty());
    return hasInputSlopes() ? copied(in) : in;
  }

  /** The same numbers in memory of the program, with a slope, which no operation takes further. */
  private Value copied(Value in) {
    Value copy = result(in.layout(), in.dims());
    add(new KernelsOp(List.of(), List.of(reorder(in.data(), copy.data())), List.of()));
    return copy;
  }

  /** A new result, with a slope if there is a backward pass. */
  public Value result(memory.desc layout, long... dims) {
    return new Value(
        Value.shape(dims),
        space.allocate(layout),
        hasSlopes() ? Optional.of(space.allocate(layout)) : Optional.empty());
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
   * move unless they have a slope.
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
