package io.evenstep.model.engine.step;

import io.evenstep.model.engine.step.kernel.Carry;
import io.evenstep.model.engine.step.kernel.Tensor;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * The state that a program's recurrent layers pass from one segment of sequences to the next, as
 * bytes: the floats of all layers one after the other.
 */
final class SegmentCarry {
  private static final byte[] NONE = {};

  private final List<Tensor> before;
  private final List<FloatBuffer> beforeFloats;
  private final List<FloatBuffer> afterFloats;
  private final int bytes;

  SegmentCarry(List<Carry> carried) {
    this.before = carried.stream().map(Carry::before).toList();
    this.beforeFloats = before.stream().map(Tensor::floats).toList();
    this.afterFloats = carried.stream().map(Carry::after).map(Tensor::floats).toList();
    this.bytes = afterFloats.stream().mapToInt(it -> it.limit() * Float.BYTES).sum();
  }

  /**
   * Sets the state before a segment.
   *
   * @param state the result of {@link #toBytes} after the previous segment; empty at the beginning
   *     of sequences
   * @throws IllegalArgumentException when it is the state of other layers, or of other rows
   */
  void begin(byte[] state) {
    if (state.length == 0) {
      before.forEach(Tensor::clear);
      return;
    }
    if (state.length != bytes) {
      throw new IllegalArgumentException(
          "Invalid state of a segment: must have " + bytes + " bytes, got " + state.length);
    }
    FloatBuffer floats = ByteBuffer.wrap(state).asFloatBuffer();
    for (FloatBuffer each : beforeFloats) {
      each.put(0, floats, floats.position(), each.limit());
      floats.position(floats.position() + each.limit());
    }
  }

  /** The state after the segment last computed; empty when no layer has one. */
  byte[] toBytes() {
    if (bytes == 0) {
      return NONE;
    }
    byte[] state = new byte[bytes];
    FloatBuffer floats = ByteBuffer.wrap(state).asFloatBuffer();
    for (FloatBuffer each : afterFloats) {
      floats.put(floats.position(), each, 0, each.limit());
      floats.position(floats.position() + each.limit());
    }
    return state;
  }
}
