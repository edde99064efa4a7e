package io.evenstep.worker.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameCodecTest {
  private static final Random RANDOM = new Random(7);

  /** Both codecs, each with a way to make a sender or a matching receiver. */
  enum Kind {
    PLAIN(PlainCodec::new),
    SEALED(() -> sealedFrom(0));

    private final Supplier<FrameCodec> end;

    Kind(Supplier<FrameCodec> end) {
      this.end = end;
    }
  }

  @ParameterizedTest
  @EnumSource
  void framesComeBackAsTheyWereSentHoweverTheyAreCutUp(Kind kind) {
    FrameCodec sender = kind.end.get();
    FrameCodec receiver = kind.end.get();
    int record = SealedCodec.RECORD_BYTES;
    for (int length : new int[] {0, 1, 1000, record - 1, record, record + 1, 3 * record + 5}) {
      byte[] payload = bytes(length);
      assertThat(received(receiver, sent(sender, payload), payload.length))
          .as("%d bytes", length)
          .isEqualTo(payload);
    }
  }

  @ParameterizedTest
  @EnumSource
  void noFlippedBitGoesUnnoticed(Kind kind) {
    byte[] payload = bytes(5);
    byte[] wire = sent(kind.end.get(), payload);
    for (int bit = 0; bit < wire.length * 8; bit++) {
      byte[] damaged = wire.clone();
      damaged[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThatThrownBy(() -> received(kind.end.get(), damaged, payload.length))
          .as("bit " + bit)
          .isInstanceOf(ProtocolException.class)
          .hasMessageStartingWith("Invalid frame: ");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void aSealedFrameOpensInItsPlaceOnly(int taken) {
    FrameCodec sender = sealedFrom(0);
    FrameCodec receiver = sealedFrom(0);
    byte[] payload = bytes(100);
    byte[][] wires = {sent(sender, payload), sent(sender, payload), sent(sender, payload)};
    assertThat(wires[0]).isNotEqualTo(wires[1]);
    assertThat(received(receiver, wires[0], payload.length)).isEqualTo(payload);
    assertThatThrownBy(() -> received(receiver, wires[taken], payload.length))
        .isInstanceOf(ProtocolException.class)
        .hasMessage("Invalid frame: message 2 is altered, repeated or out of order");
  }

  @Test
  void aSealedFrameDoesNotOpenUnderTheOtherDirectionsKey() {
    byte[] wire = sent(sealedFrom(0), bytes(10));
    FrameCodec other = new SealedCodec(seal(1, 0), seal(2, 0));
    assertThatThrownBy(() -> received(other, wire, 10)).isInstanceOf(ProtocolException.class);
  }

  @Test
  void refusesToSealWhenItsNumbersAreUsedUp() {
    FrameCodec sender = sealedFrom(Long.MAX_VALUE);
    assertThatThrownBy(() -> sent(sender, bytes(10)))
        .isInstanceOf(ProtocolException.class)
        .hasMessage("Cannot continue: this connection has used up its nonces");
  }

  private static FrameCodec sealedFrom(long first) {
    return new SealedCodec(seal(1, first), seal(1, first));
  }

  private static Seal seal(int key, long first) {
    byte[] bytes = new byte[Hmac.BYTES];
    Arrays.fill(bytes, (byte) key);
    return new Seal(bytes, first);
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    RANDOM.nextBytes(bytes);
    return bytes;
  }

  private static byte[] sent(FrameCodec codec, byte[] payload) {
    ByteBuffer direct = ByteBuffer.allocateDirect(payload.length).put(payload).flip();
    FrameHeader frame = FrameHeader.of(FrameType.PIECE, 1, 2, 3, payload.length, 4.5);
    ByteBuf wire = codec.encode(frame, direct, UnpooledByteBufAllocator.DEFAULT);
    byte[] bytes = new byte[wire.readableBytes()];
    wire.readBytes(bytes).release();
    return bytes;
  }

  /** Reads as a connection does, in reads of random length. */
  private static byte[] received(FrameCodec codec, byte[] wire, int length) {
    ByteBuffer rest = ByteBuffer.wrap(wire);
    ByteBuffer headerRoom = codec.headerRoom();
    while (headerRoom.hasRemaining()) {
      take(rest, headerRoom);
    }
    FrameHeader frame = codec.header();
    ByteBuffer destination = ByteBuffer.allocateDirect(length);
    codec.begin(destination);
    for (ByteBuffer room = codec.payloadRoom(); room.hasRemaining(); room = codec.payloadRoom()) {
      codec.arrived(take(rest, room));
    }
    codec.finish(frame);
    byte[] payload = new byte[length];
    destination.get(payload);
    return payload;
  }

  private static int take(ByteBuffer rest, ByteBuffer room) {
    int bytes = 1 + RANDOM.nextInt(room.remaining());
    room.put(room.position(), rest, rest.position(), bytes).position(room.position() + bytes);
    rest.position(rest.position() + bytes);
    return bytes;
  }
}
