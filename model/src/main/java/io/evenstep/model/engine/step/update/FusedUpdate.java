package io.evenstep.model.engine.step.update;

import io.evenstep.model.engine.step.kernel.OffHeap;
import io.evenstep.model.optimizer.LocalRate;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.updater.BaseMultiLayerUpdater;

/**
 * An optimizer step over a range of the flat vector, in one pass through memory: mean, clipping,
 * penalties, the optimizer, the parameters. Gives the same result as DL4J's updater, which takes
 * many passes.
 *
 * <p>Belongs to one thread; threads that divide a vector have one each, over the same memory.
 * Pieces are copied to arrays on the heap, small enough for a core's cache, because Java vectorises
 * loops over arrays.
 */
public final class FusedUpdate {
  private static final int PIECE = 2048; // parameters: 5 arrays of 8 KB

  private final List<UpdateBlock> blocks;
  private final float clip;
  private final FloatBuffer parameters;
  private final FloatBuffer gradient;
  private final FloatBuffer state;
  private final float[] someParameters = new float[PIECE];
  private final float[] someGradient = new float[PIECE];
  private final float[][] someState = new float[3][PIECE];
  private final float[] traces = new float[PIECE]; // 0, or not a number
  private float rows = 1; // of the global batch, over which the gradient is summed
  private float scale = 1; // factor of slopes from clipping by the norm

  /**
   * @param updater DL4J's, for the settings of each parameter; its state is not used
   * @param parameters address of the flat parameters
   * @param gradient address of the flat gradient, which holds a sum over the global batch
   * @param state address of the optimizer's state in DL4J's layout
   * @param stateLength floats of it
   * @param clip largest magnitude of an entry of the mean gradient; 0 for no limit
   */
  public FusedUpdate(
      BaseMultiLayerUpdater<?> updater,
      long parameters,
      long gradient,
      long state,
      long stateLength,
      double clip) {
    this.blocks = UpdatePlan.blocks(updater);
    long length = blocks.isEmpty() ? 0 : blocks.get(blocks.size() - 1).to();
    this.parameters = OffHeap.floats(parameters, length);
    this.gradient = OffHeap.floats(gradient, length);
    this.state = OffHeap.floats(state, stateLength);
    this.clip = clip > 0 ? (float) clip : Float.POSITIVE_INFINITY;
  }

  /** Why a network's updater is not covered, in words; empty when it is. */
  public static Optional<String> uncovered(BaseMultiLayerUpdater<?> updater) {
    return UpdatePlan.uncovered(updater);
  }

  /**
   * Begins a step.
   *
   * @param step steps taken before this one
   * @param rows of the global batch
   */
  public void begin(int step, int epoch, int rows) {
    this.rows = rows;
    scale = 1;
    for (int i = 0; i < blocks.size(); i++) {
      blocks.get(i).rule().begin(step, epoch);
      blocks.get(i).penalties().begin(step, epoch);
    }
  }

  /**
   * Where the pieces of the vector begin, ascending. A range that begins and ends at such places,
   * or at the vector's end, can be given to a separate thread. A block whose step depends on its
   * norm is one piece.
   */
  public List<Long> starts() {
    List<Long> starts = new ArrayList<>();
    for (UpdateBlock block : blocks) {
      long piece = block.penalties().needNorms() ? block.to() - block.from() : PIECE;
      for (long at = block.from(); at < block.to(); at += piece) {
        starts.add(at);
      }
    }
    return starts;
  }

  /**
   * The sum of squares of the mean gradient over a range, clipped by value, without batch
   * statistics. It is not finite if an entry is not. Sums over ranges add up to the square of the
   * norm.
   */
  public double squares(long from, long to) {
    double sum = 0;
    for (int i = 0; i < blocks.size(); i++) {
      UpdateBlock block = blocks.get(i);
      long end = Math.min(to, block.to());
      for (long at = Math.max(from, block.from()); at < end; at += PIECE) {
        sum += block.isStatistic() ? 0 : squares((int) at, (int) Math.min(PIECE, end - at));
      }
    }
    return sum;
  }

  private double squares(int at, int count) {
    readGradient(at, count, clip, 1);
    return Squares.sum(someGradient, count);
  }

  /**
   * Whether the mean gradient over a range, clipped by value and without batch statistics, has
   * finite entries only. Takes a fraction of the time of {@link #squares}, which adds one by one.
   */
  public boolean isFinite(long from, long to) {
    Arrays.fill(traces, 0);
    for (int i = 0; i < blocks.size(); i++) {
      UpdateBlock block = blocks.get(i);
      long end = block.isStatistic() ? 0 : Math.min(to, block.to());
      for (long at = Math.max(from, block.from()); at < end; at += PIECE) {
        leaveTraces((int) at, (int) Math.min(PIECE, end - at));
      }
    }
    float sum = 0;
    for (float trace : traces) {
      sum += trace;
    }
    return sum == 0;
  }

  private void leaveTraces(int at, int count) {
    readGradient(at, count, clip, 1);
    for (int i = 0; i < count; i++) {
      traces[i] += 0 * someGradient[i];
    }
  }

  /** Sets the factor of slopes in {@link #apply}: the limit of the norm over the norm. */
  public void scale(double factor) {
    scale = (float) factor;
  }

  /**
   * Updates parameters and state of a range. Afterwards that part of the gradient is undefined.
   *
   * @throws IllegalArgumentException when the range cuts a block whose step depends on its norm
   */
  public void apply(long from, long to) {
    for (int i = 0; i < blocks.size(); i++) {
      UpdateBlock block = blocks.get(i);
      if (from >= block.to() || to <= block.from()) {
        continue;
      }
      Optional<LocalRate> localRate = block.penalties().localRate();
      if (block.penalties().needNorms()) {
        requireWhole(block, from, to);
      }
      if (localRate.isPresent()) {
        applyAtLocalRate(block, localRate.get());
      } else if (block.penalties().needNorms()) {
        applyTrusted(block);
      } else {
        long end = Math.min(to, block.to());
        for (long at = Math.max(from, block.from()); at < end; at += PIECE) {
          int count = (int) Math.min(PIECE, end - at);
          prepare(block, (int) at, count);
          take((int) at, count, 1);
        }
      }
    }
  }

  private static void requireWhole(UpdateBlock block, long from, long to) {
    if (from > block.from() || to < block.to()) {
      throw new IllegalArgumentException(
          "Invalid range: must contain the whole block from " + block.from() + " to " + block.to());
    }
  }

  /**
   * Adds up the norms piece by piece from the block's beginning, so that every thread gets the
   * same.
   */
  private void applyTrusted(UpdateBlock block) {
    double weights = 0;
    double steps = 0;
    for (long at = block.from(); at < block.to(); at += PIECE) {
      int count = (int) Math.min(PIECE, block.to() - at);
      prepare(block, (int) at, count);
      weights += Squares.sum(someParameters, count);
      steps += Squares.sum(someGradient, count);
      gradient.put((int) at, someGradient, 0, count);
    }
    float trust = block.penalties().trust(Math.sqrt(weights), Math.sqrt(steps));
    for (long at = block.from(); at < block.to(); at += PIECE) {
      int count = (int) Math.min(PIECE, block.to() - at);
      parameters.get((int) at, someParameters, 0, count);
      gradient.get((int) at, someGradient, 0, count);
      take((int) at, count, trust);
    }
  }

  /** The norms are of the gradient before the L2 penalty, and of the parameters. */
  private void applyAtLocalRate(UpdateBlock block, LocalRate localRate) {
    double weights = 0;
    double gradients = 0;
    for (long at = block.from(); at < block.to(); at += PIECE) {
      int count = (int) Math.min(PIECE, block.to() - at);
      readPenalised(block, (int) at, count);
      weights += Squares.sum(someParameters, count);
      gradients += Squares.sumWithout(someParameters, localRate.l2(), someGradient, count);
    }
    float rate = (float) localRate.of(Math.sqrt(weights), Math.sqrt(gradients));
    for (long at = block.from(); at < block.to(); at += PIECE) {
      int count = (int) Math.min(PIECE, block.to() - at);
      readPenalised(block, (int) at, count);
      for (int i = 0; i < count; i++) {
        someGradient[i] *= rate;
      }
      optimize(block, (int) at, count);
      take((int) at, count, 1);
    }
  }

  /** Some parameters, and what is subtracted from them. */
  private void prepare(UpdateBlock block, int at, int count) {
    readPenalised(block, at, count);
    optimize(block, at, count);
  }

  /** Some parameters, and their mean gradient with penalties. */
  private void readPenalised(UpdateBlock block, int at, int count) {
    if (block.isStatistic()) {
      readGradient(at, count, Float.POSITIVE_INFINITY, 1);
    } else {
      readGradient(at, count, clip, scale);
    }
    limit(someGradient, block.limit(), count);
    parameters.get(at, someParameters, 0, count);
    block.penalties().addBefore(someGradient, someParameters, count);
  }

  private void optimize(UpdateBlock block, int at, int count) {
    int states = block.rule().states();
    for (int k = 0; k < states; k++) {
      state.get(statePlace(block, k, at), someState[k], 0, count);
    }
    block.rule().apply(someGradient, someState, count);
    for (int k = 0; k < states; k++) {
      state.put(statePlace(block, k, at), someState[k], 0, count);
    }
    block.penalties().addAfter(someGradient, someParameters, count);
  }

  private void take(int at, int count, float factor) {
    for (int i = 0; i < count; i++) {
      someParameters[i] -= factor * someGradient[i];
    }
    parameters.put(at, someParameters, 0, count);
  }

  private static int statePlace(UpdateBlock block, int which, int at) {
    return (int) (block.stateFrom() + which * block.stateStride() + at - block.from());
  }

  private void readGradient(int at, int count, float limit, float factor) {
    gradient.get(at, someGradient, 0, count);
    for (int i = 0; i < count; i++) {
      someGradient[i] /= rows;
    }
    limit(someGradient, limit, count);
    if (factor != 1) {
      for (int i = 0; i < count; i++) {
        someGradient[i] *= factor;
      }
    }
  }

  private static void limit(float[] numbers, float limit, int count) {
    if (limit < Float.POSITIVE_INFINITY) {
      for (int i = 0; i < count; i++) {
        numbers[i] = Math.max(-limit, Math.min(limit, numbers[i]));
      }
    }
  }
}
