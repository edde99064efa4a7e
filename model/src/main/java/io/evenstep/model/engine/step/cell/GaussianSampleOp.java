package io.evenstep.model.engine.step.cell;

import io.evenstep.model.engine.step.kernel.Layout;
import io.evenstep.model.engine.step.kernel.Tensor;
import io.evenstep.model.engine.step.loss.LossTerm;
import io.evenstep.model.engine.step.op.Assembly;
import io.evenstep.model.engine.step.op.DrawKey;
import io.evenstep.model.engine.step.op.Op;
import io.evenstep.model.engine.step.op.Value;
import io.evenstep.model.layer.Noisy;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;

/**
 * {@link io.evenstep.model.layer.GaussianSample}. In training the noise depends only on {@link
 * DrawKey}, this operation and the number's place in the shard. DL4J draws other numbers in
 * training, and the same in evaluations.
 */
public final class GaussianSampleOp implements Op, LossTerm {
  /** Where the noise comes from. */
  public enum Noise {
    /** From the shard's key. */
    TRAINING,
    /** The same for each batch. */
    EVALUATION,
    /** There is none. */
    NONE
  }

  private final DrawKey key;
  private final int operation;
  private final Noise source;
  private final int rows;
  private final int size;
  private final FloatBuffer in; // [rows, 2 size]
  private final FloatBuffer out; // [rows, size]
  private final Optional<FloatBuffer> inSlopes;
  private final Optional<FloatBuffer> slopes;
  private final FloatBuffer noise; // [rows, size]
  private double total;

  private GaussianSampleOp(Assembly assembly, Value in, Value out, Noise source) {
    this.key = assembly.randomKey();
    this.operation = assembly.nextOperation();
    this.source = source;
    this.rows = Math.toIntExact(out.size(0));
    this.size = Math.toIntExact(out.size(1));
    this.in = in.data().floats();
    this.out = out.data().floats();
    this.inSlopes = in.slope().map(Tensor::floats);
    this.slopes = out.slope().map(Tensor::floats);
    this.noise = assembly.allocate(out.layout()).floats();
  }

  /**
   * @param given [rows, 2 size], means and logarithms of variances
   * @param losses receives the divergence
   * @return [rows, size]
   */
  public static Value add(Assembly assembly, Value given, Noise source, List<LossTerm> losses) {
    Value in = assembly.owned(assembly.plain(given));
    long size = in.size(1) / 2;
    Value out = assembly.resultLike(in, Layout.plain(in.size(0), size), in.size(0), size);
    GaussianSampleOp op = new GaussianSampleOp(assembly, in, out, source);
    assembly.add(op);
    losses.add(op);
    return out;
  }

  @Override
  public double total() {
    return total;
  }

  @Override
  public void forward() {
    draw();
    double sum = 0;
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < size; i++) {
        double mean = in.get(2 * row * size + i);
        double logarithm = in.get(2 * row * size + size + i);
        double deviation = StrictMath.exp(logarithm / 2);
        sum += mean * mean + deviation * deviation - logarithm - 1;
        out.put(row * size + i, (float) (mean + deviation * noise.get(row * size + i)));
      }
    }
    total = sum / 2;
  }

  private void draw() {
    if (source != Noise.NONE) {
      long from = source == Noise.TRAINING ? key.stream(operation) : Noisy.EVALUATION;
      noise.clear();
      Noisy.draw(from, rows * size, number -> noise.put((float) number));
    }
  }

  @Override
  public void backward() {
    if (slopes.isEmpty() || inSlopes.isEmpty()) {
      return;
    }
    FloatBuffer to = inSlopes.get();
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < size; i++) {
        int at = row * size + i;
        int mean = 2 * row * size + i;
        double slope = slopes.get().get(at);
        double deviation = StrictMath.exp(in.get(mean + size) / 2);
        to.put(mean, (float) (slope + in.get(mean)));
        to.put(
            mean + size,
            (float) ((slope * noise.get(at) * deviation + deviation * deviation - 1) / 2));
      }
    }
  }
}
