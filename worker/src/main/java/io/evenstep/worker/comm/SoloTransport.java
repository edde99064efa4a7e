package io.evenstep.worker.comm;

import java.nio.ByteBuffer;

/** The transport of a run with one rank: there is nobody to talk to. */
final class SoloTransport implements Transport {
  @Override
  public int rank() {
    return 0;
  }

  @Override
  public int worldSize() {
    return 1;
  }

  @Override
  public void send(int peer, FrameHeader header, ByteBuffer payload) {
    throw new IllegalArgumentException("Invalid peer: there is one rank only, got " + peer);
  }

  @Override
  public Receipt post(int peer, FrameHeader expected, ByteBuffer destination) {
    throw new IllegalArgumentException("Invalid peer: there is one rank only, got " + peer);
  }

  @Override
  public void flush() {}

  @Override
  public long bytesSent() {
    return 0;
  }

  @Override
  public void close() {}
}
