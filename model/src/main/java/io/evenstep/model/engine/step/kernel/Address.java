package io.evenstep.model.engine.step.kernel;

import org.bytedeco.javacpp.Pointer;

/** A pointer whose address can be changed, so that no new one is made. It owns no memory. */
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
