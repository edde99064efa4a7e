package io.evenstep.worker.train;

import io.evenstep.model.data.MiniBatch;
import java.nio.ByteBuffer;

/**
 * A linear network with momentum that learns by segments, like recurrent layers: a segment's
 * gradient depends on the segments before it.
 */
class RememberingNetwork extends LinearNetwork {
  private float remembered;

  RememberingNetwork() {
    super(0.05, Kind.MOMENTUM);
  }

  @Override
  public double computeGradient(MiniBatch shard, long randomKey) {
    float before = shard.segment() == 0 ? 0 : remembered;
    double loss = super.computeGradient(shard, randomKey);
    remembered = 0.5f * before + slopes().getFloat(1);
    slopes().addi(0.01f * before);
    return loss;
  }

  @Override
  public byte[] segmentState() {
    return ByteBuffer.allocate(Float.BYTES).putFloat(remembered).array();
  }

  @Override
  public void goOnFrom(byte[] segmentState) {
    remembered = ByteBuffer.wrap(segmentState).getFloat();
  }
}
