package io.evenstep.model.engine.step.loss;

import io.evenstep.model.engine.step.kernel.Tensor;
import io.evenstep.model.engine.step.op.Assembly;
import io.evenstep.model.engine.step.op.Op;
import io.evenstep.model.engine.step.op.SoftmaxOp;
import io.evenstep.model.engine.step.op.Value;
import io.evenstep.model.engine.step.sequence.StepByStep;
import java.nio.FloatBuffer;
import java.util.Optional;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/**
 * Compares an output with its labels: the end of the forward pass and the start of the backward
 * pass.
 */
public final class LossOp implements Op, LossTerm {
  private final RowLoss loss;
  private final int rows; // of the output; a sequence has one for each step
  private final int shardRows;
  private final int count;
  private final FloatBuffer outputs; // [rows, count]
  private final Optional<FloatBuffer> slopes; // [rows, count]
  private final StepByStep labels; // [rows, count]
  private final Optional<StepByStep> mask; // [rows]
  private final Optional<StepByStep> weights; // shard's rows
  private double total;

  private LossOp(RowLoss loss, Assembly assembly, Value output, Target target) {
    this.loss = loss;
    this.rows = Math.toIntExact(output.size(0));
    this.count = Math.toIntExact(output.size(1));
    this.outputs = output.data().floats();
    this.slopes = output.slope().map(Tensor::floats);
    this.shardRows = Math.toIntExact(target.rows());
    this.labels = new StepByStep(assembly, target.labels(), shardRows, count, rows / shardRows);
    this.mask =
        target.mask().map(it -> new StepByStep(assembly, it, shardRows, 1, rows / shardRows));
    this.weights = target.weights().map(it -> new StepByStep(assembly, it, shardRows, 1, 1));
  }

  /**
   * @param output [rows, size], after the activation; sequences are [time rows, size]
   */
  public static LossOp add(
      Assembly assembly, Value output, ILossFunction loss, IActivation activation, Target target) {
    LossOp op =
        new LossOp(LossFunctions.of(loss, activation), assembly, assembly.plain(output), target);
    assembly.add(op);
    return op;
  }

  /**
   * Adds a softmax. If this loss computes the softmax's derivative itself, the softmax has no
   * backward pass.
   */
  public static Value addSoftmax(
      Assembly assembly, Value in, ILossFunction loss, IActivation activation) {
    return LossFunctions.of(loss, activation).isOfSoftmax()
        ? SoftmaxOp.addForwardOnly(assembly, in)
        : SoftmaxOp.add(assembly, in);
  }

  /** The sum over rows of the last forward pass's losses, each multiplied by the row's weight. */
  @Override
  public double total() {
    return total;
  }

  @Override
  public void forward() {
    labels.load();
    mask.ifPresent(StepByStep::load);
    weights.ifPresent(StepByStep::load);
    double sum = 0;
    for (int row = 0; row < rows; row++) {
      float factor = factor(row);
      if (factor != 0) {
        sum += factor * loss.loss(outputs, labels.floats(), row * count, count);
      }
    }
    total = sum;
  }

  @Override
  public void backward() {
    FloatBuffer out = slopes.orElseThrow();
    for (int row = 0; row < rows; row++) {
      loss.slope(outputs, labels.floats(), out, row * count, count, factor(row));
    }
  }

  private float factor(int row) {
    float factor = mask.isPresent() ? mask.get().floats().get(row) : 1;
    return weights.isPresent() ? factor * weights.get().floats().get(row % shardRows) : factor;
  }
}
