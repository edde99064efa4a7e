package io.evenstep.model.engine.step.kernel;

import org.bytedeco.javacpp.Pointer;

/** A pointer that can be pointed elsewhere without making another. It owns nothing. */
final class Address extends Pointer {
  Address() {}

  void moveTo(long place) {
    this.address = place;
  }

  void copyFrom(Address source, long bytes) {
    Pointer.memcpy(this, source, bytes);
  }

  void clear(long bytes) {
    Pointer.memset(this, 0, bytes);
  }
}
