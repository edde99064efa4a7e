package io.evenstep.worker.sharing;

import io.evenstep.model.engine.Bfloat16;
import io.evenstep.model.engine.Range;
import io.evenstep.model.engine.Region;
import io.evenstep.worker.plan.SyncPlan;
import io.evenstep.worker.plan.SyncPlan.Method;
import java.nio.FloatBuffer;

/**
 * Writes the messages of shards, for one thread. A shard's gradient is added to the shard's
 * residual. The largest entries are sent; the rest, and the rounding error of what is sent, stay in
 * the residual. With {@link Method#DGC} momentum is applied before that.
 *
 * <p>A shard's memory is its residual, [n], followed by its velocity, [n], for {@link Method#DGC},
 * or by its threshold, [1], for {@link Method#THRESHOLD}. All zero is a shard that has sent
 * nothing.
 *
 * <p>A message is the number of entries, the threshold if there is one, and for each entry the
 * distance to the one before with its sign or value; then the batch statistics as floats.
 */
public final class ShardEncoder {
  private static final int TILE = 2048; // floats that are read at once

  static final int MOST_OF_WANTED = 4; // entries sent while the threshold is too low

  private final SyncPlan.Sharing plan;
  private final SparseParts parts;
  private final int shards;
  private final Magnitudes magnitudes = new Magnitudes();
  private final Entries entries = new Entries();
  private final float[] gradients = new float[TILE];
  private final float[] residuals = new float[TILE];
  private final float[] velocities = new float[TILE];

  /**
   * @param parts which entries of the vector are gradients
   * @param shards of a whole batch
   */
  public ShardEncoder(SyncPlan.Sharing plan, SparseParts parts, int shards) {
    this.plan = plan;
    this.parts = parts;
    this.shards = shards;
  }

  /** Floats of a shard's memory, for a vector of this length. */
  public static long memory(Method method, long length) {
    return switch (method) {
      case THRESHOLD -> length + 1;
      case TOP_K -> length;
      case DGC -> 2 * length;
    };
  }

  /**
   * Writes a shard's message and updates its memory.
   *
   * @param gradient sum over the shard's rows, [n]
   * @param memory of the shard
   * @param rows of the global batch
   * @param step global steps done before this one
   * @return whether all numbers are finite; otherwise message and memory are undefined
   */
  public boolean encode(Region gradient, Region memory, int rows, long step, Message message) {
    gradient.refresh();
    memory.refresh();
    FloatBuffer from = gradient.bytes().asFloatBuffer();
    FloatBuffer own = memory.bytes().asFloatBuffer();
    magnitudes.clear();
    float scale = (float) (clipping(from, rows) / rows);
    for (Range range : parts.gradients()) {
      for (int at = (int) range.from(); at < range.to(); at += TILE) {
        accumulate(from, own, at, (int) Math.min(TILE, range.to() - at), scale);
      }
    }
    if (!magnitudes.areFinite()) {
      return false;
    }
    int wanted = plan.entries(parts.length(), step);
    if (plan.method() == Method.THRESHOLD) {
      sendSigns(own, wanted, message);
    } else {
      sendValues(own, wanted, message);
    }
    for (Range range : parts.statistics()) {
      for (int i = (int) range.from(); i < range.to(); i++) {
        message.add(from.get(i) / rows);
      }
    }
    memory.written();
    return true;
  }

  /** The factor that limits the shard's part of the gradient; 1 if it is small enough. */
  private double clipping(FloatBuffer gradient, int rows) {
    if (plan.clipNorm() == 0) {
      return 1;
    }
    double squares = 0;
    for (Range range : parts.gradients()) {
      for (int at = (int) range.from(); at < range.to(); at += TILE) {
        int count = (int) Math.min(TILE, range.to() - at);
        gradient.get(at, gradients, 0, count);
        for (int i = 0; i < count; i++) {
          squares += (double) gradients[i] * gradients[i];
        }
      }
    }
    double norm = Math.sqrt(squares) / rows;
    double most = plan.clipNorm() / Math.sqrt(shards);
    return norm > most ? most / norm : 1;
  }

  private void accumulate(FloatBuffer gradient, FloatBuffer own, int at, int count, float scale) {
    gradient.get(at, gradients, 0, count);
    own.get(at, residuals, 0, count);
    if (plan.method() == Method.DGC) {
      float momentum = (float) plan.momentum();
      own.get(velocityOf(at), velocities, 0, count);
      for (int i = 0; i < count; i++) {
        velocities[i] = momentum * velocities[i] + scale * gradients[i];
        residuals[i] += velocities[i];
      }
      own.put(velocityOf(at), velocities, 0, count);
    } else {
      for (int i = 0; i < count; i++) {
        residuals[i] += scale * gradients[i];
      }
    }
    own.put(at, residuals, 0, count);
    magnitudes.count(residuals, count);
  }

  private int velocityOf(int index) {
    return Math.toIntExact(parts.vector()) + index;
  }

  /** Finds the entries whose magnitude has at least these bits. */
  private void find(FloatBuffer own, int limit) {
    entries.clear();
    for (Range range : parts.gradients()) {
      for (int at = (int) range.from(); at < range.to(); at += TILE) {
        int count = (int) Math.min(TILE, range.to() - at);
        own.get(at, residuals, 0, count);
        for (int i = 0; i < count; i++) {
          if (Magnitudes.of(residuals[i]) >= limit) {
            entries.add(at + i, residuals[i]);
          }
        }
      }
    }
  }

  private void sendValues(FloatBuffer own, int wanted, Message message) {
    find(own, magnitudes.limit(wanted));
    entries.keepLargest(wanted);
    message.addVarint(entries.count());
    int next = 0;
    for (int i = 0; i < entries.count(); i++) {
      int index = entries.index(i);
      short upper = upperHalf(entries.value(i));
      message.addVarint(index - next);
      message.add(upper);
      next = index + 1;
      own.put(index, entries.value(i) - ofUpperHalf(upper));
      if (plan.method() == Method.DGC) {
        own.put(velocityOf(index), 0); // or it would be sent again; the paper's factor masking
      }
    }
  }

  private void sendSigns(FloatBuffer own, int wanted, Message message) {
    int place = Math.toIntExact(parts.vector());
    float threshold = own.get(place) > 0 ? own.get(place) : (float) plan.threshold();
    find(own, magnitudes.limit(wanted));
    float fitting = Float.intBitsToFloat(entries.reachedBy(wanted));
    find(own, Float.floatToRawIntBits(threshold));
    entries.keepLargest((int) Math.min(parts.length(), (long) MOST_OF_WANTED * wanted));
    message.addVarint(entries.count());
    message.add(threshold);
    int next = 0;
    for (int i = 0; i < entries.count(); i++) {
      int index = entries.index(i);
      boolean isNegative = entries.value(i) < 0;
      message.addVarint((long) (index - next) << 1 | (isNegative ? 1 : 0));
      next = index + 1;
      own.put(index, entries.value(i) + (isNegative ? threshold : -threshold));
    }
    own.put(place, adapted(threshold, fitting));
  }

  /** Half way, by ratio, to the threshold that as many entries as wanted would have reached. */
  private static float adapted(float threshold, float fitting) {
    return (float) Math.max(Float.MIN_NORMAL, Math.sqrt((double) threshold * fitting));
  }

  /** The upper half of the bits of a number rounded to bfloat16. */
  private static short upperHalf(float value) {
    return (short) (Bfloat16.round(Float.floatToRawIntBits(value)) >>> 16);
  }

  /** The float with these upper bits. */
  static float ofUpperHalf(short upper) {
    return Float.intBitsToFloat(upper << 16);
  }
}
