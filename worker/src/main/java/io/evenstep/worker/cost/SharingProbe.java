package io.evenstep.worker.cost;

import io.evenstep.model.engine.Range;
import io.evenstep.model.engine.Region;
import io.evenstep.worker.plan.SyncPlan;
import io.evenstep.worker.sharing.Message;
import io.evenstep.worker.sharing.ShardDecoder;
import io.evenstep.worker.sharing.ShardEncoder;
import io.evenstep.worker.sharing.SparseParts;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * Measures how long a thread needs for the messages of sharing.
 *
 * @param encode seconds for a number of a gradient
 * @param decode seconds for an entry of a message
 */
record SharingProbe(double encode, double decode) {
  private static final int FLOATS = 1 << 16;
  private static final int ROWS = 1;
  private static final long AFTER_WARM_UP = Long.MAX_VALUE;

  static SharingProbe measure(SyncPlan.Sharing plan) {
    SparseParts parts = SparseParts.of(FLOATS, List.of());
    ShardEncoder encoder = new ShardEncoder(plan, parts, 1);
    Region gradient = Region.allocate(FLOATS);
    FloatBuffer values = gradient.bytes().asFloatBuffer();
    for (int i = 0; i < FLOATS; i++) {
      values.put(i, (float) Math.sin(i));
    }
    Region memory = Region.allocate(ShardEncoder.memory(plan.method(), FLOATS));
    Message message = new Message();
    double encode =
        SpeedProbe.perFloat(
            () -> {
              message.clear();
              encoder.encode(gradient, memory, ROWS, AFTER_WARM_UP, message);
            });
    ByteBuffer bytes = ByteBuffer.allocateDirect(message.length());
    message.writeTo(bytes);
    bytes.flip();
    ShardDecoder decoder = new ShardDecoder(plan.method(), parts);
    Range whole = new Range(0, FLOATS);
    double all = SpeedProbe.perFloat(() -> decoder.add(bytes, ROWS, values, whole));
    return new SharingProbe(encode, all * FLOATS / plan.entries(FLOATS, AFTER_WARM_UP));
  }
}
