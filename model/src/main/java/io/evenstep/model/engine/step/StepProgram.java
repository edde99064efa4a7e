package io.evenstep.model.engine.step;

import io.evenstep.model.engine.step.kernel.Kernel;
import io.evenstep.model.engine.step.kernel.KernelSpace;
import io.evenstep.model.engine.step.kernel.Tensor;
import io.evenstep.model.engine.step.loss.LossTerm;
import io.evenstep.model.engine.step.op.Assembly;
import io.evenstep.model.engine.step.op.Op;
import io.evenstep.model.engine.step.op.Value;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * A network for shards of one shape, as a list of operations. Belongs to one thread; a host has one
 * for each of its ranks. Its memory is allocated when it is made and freed by {@link #close}.
 */
public final class StepProgram implements AutoCloseable {
  private final KernelSpace space;
  private final Assembly assembly;
  private final Op[] ops;
  private final ShardPlaces places;
  private final List<Value> inputs; // in C's order
  private final List<Value> outputs; // in C's order
  private final List<LossTerm> losses;
  private final SegmentCarry carry;

  StepProgram(
      KernelSpace space,
      Assembly assembly,
      ShardPlaces places,
      List<Value> inputs,
      List<Value> outputs,
      List<LossTerm> losses) {
    this.space = space;
    this.assembly = assembly;
    this.ops = assembly.ops().toArray(new Op[0]);
    this.places = places;
    this.inputs = List.copyOf(inputs);
    this.outputs = List.copyOf(outputs);
    this.losses = List.copyOf(losses);
    this.carry = new SegmentCarry(assembly.carried());
  }

  /** Where the next shard is. To be set before each {@link #accumulate} and {@link #predict}. */
  public ShardPlaces shard() {
    return places;
  }

  /**
   * Says that the parameters are at this address, or have changed since the last call. Must be
   * called before the first step, and between an update of the parameters and the next step.
   */
  public void load(long parameters) {
    assembly.parameters().bind(parameters);
    for (Op op : ops) {
      op.load();
    }
  }

  /**
   * Computes one shard's gradient, in a program for training.
   *
   * @param randomKey key of all random numbers of dropout
   * @param gradient where the flat gradient is written, all entries: the sum over rows, each
   *     multiplied by its weight; entries that are batch statistics hold rows times their value
   * @return the weighted sum of the rows' losses, without penalty; it may not be a finite number
   */
  public double accumulate(long randomKey, long gradient) {
    assembly.gradient().bind(gradient);
    assembly.randomKey().set(randomKey);
    forward();
    for (int i = ops.length - 1; i >= 0; i--) {
      ops[i].backward();
    }
    return loss();
  }

  /**
   * Sets the state in which recurrent layers begin the next segment, in a program for segments.
   *
   * @param state that of {@link #segmentState} after the previous segment; empty at the beginning
   *     of sequences
   */
  void begin(byte[] state) {
    carry.begin(state);
  }

  /** The state in which recurrent layers ended the segment; empty when sequences are whole. */
  byte[] segmentState() {
    return carry.toBytes();
  }

  /**
   * Computes the outputs, in a program for inference.
   *
   * @return the sum of the rows' losses; 0 in a program without labels
   */
  public double predict() {
    forward();
    return loss();
  }

  private void forward() {
    for (Op op : ops) {
      op.forward();
    }
  }

  private double loss() {
    double sum = 0;
    for (int i = 0; i < losses.size(); i++) {
      sum += losses.get(i).total();
    }
    return sum;
  }

  /** How many outputs there are. */
  public int outputs() {
    return outputs.size();
  }

  /** Shape of an output, rows first. */
  public List<Long> outputShape(int output) {
    return outputs.get(output).shape();
  }

  /** An output of the last forward pass, in C order. The next pass overwrites it. */
  public Tensor output(int output) {
    return outputs.get(output).data();
  }

  /**
   * The slopes of the loss of the last {@link #accumulate}, one list of numbers for each input, in
   * the order of its numbers. The next pass overwrites them. For an input that is looked up in an
   * embedding they are 0.
   *
   * @throws java.util.NoSuchElementException in a program that was not compiled for them
   */
  public List<FloatBuffer> inputSlopes() {
    return inputs.stream().map(input -> input.slope().orElseThrow().floats()).toList();
  }

  /** All kernels, for a benchmark of each of them. */
  public List<Kernel> kernels() {
    return space.kernels();
  }

  /** Bytes of memory that it holds, without parameters, gradient and shard. */
  public long bytes() {
    return space.bytes();
  }

  @Override
  public void close() {
    space.close();
  }
}
