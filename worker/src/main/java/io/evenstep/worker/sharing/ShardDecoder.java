package io.evenstep.worker.sharing;

import io.evenstep.model.engine.Range;
import io.evenstep.worker.plan.SyncPlan.Method;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;

/**
 * Adds the messages of shards to a vector.
 *
 * @param method that wrote them
 * @param parts of the vector
 */
public record ShardDecoder(Method method, SparseParts parts) {
  /**
   * Adds a message to a range of the vector.
   *
   * @param bytes the message, from position to limit
   * @param rows of the global batch, by which numbers are multiplied
   */
  public void add(ByteBuffer bytes, int rows, FloatBuffer vector, Range range) {
    ByteBuffer message = bytes.duplicate().order(Message.ORDER);
    long count = Message.varint(message);
    float threshold = method == Method.THRESHOLD ? message.getFloat() : 0;
    long index = 0;
    for (long i = 0; i < count; i++) {
      long next = Message.varint(message);
      float value;
      if (method == Method.THRESHOLD) {
        index += next >>> 1;
        value = (next & 1) == 1 ? -threshold : threshold;
      } else {
        index += next;
        value = ShardEncoder.ofUpperHalf(message.getShort());
      }
      addAt(index++, value * rows, vector, range);
    }
    for (Range statistics : parts.statistics()) {
      for (long at = statistics.from(); at < statistics.to(); at++) {
        addAt(at, message.getFloat() * rows, vector, range);
      }
    }
  }

  private static void addAt(long index, float value, FloatBuffer vector, Range range) {
    if (index >= range.from() && index < range.to()) {
      int at = (int) index;
      vector.put(at, vector.get(at) + value);
    }
  }
}
