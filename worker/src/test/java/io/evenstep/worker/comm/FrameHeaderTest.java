package io.evenstep.worker.comm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class FrameHeaderTest {
  private final ByteBuffer payload = ByteBuffer.wrap(new byte[] {1, 2, 3, 4, 5});
  private final FrameHeader header =
      FrameHeader.of(FrameType.SLICE, 3, (1L << 32) + 7, 11, payload.remaining(), -2.5);

  @Test
  void comesBackAsItWasSent() {
    CRC32C sum = new CRC32C();
    FrameHeader read = FrameHeader.read(written(), sum);
    sum.update(payload.duplicate());
    assertThat(read.answers(header)).isTrue();
    assertThat(read.value()).isEqualTo(-2.5);
    assertThat(read.crc()).isEqualTo((int) sum.getValue());
  }

  @Test
  void noFlippedBitGoesUnnoticed() {
    for (int bit = 0; bit < FrameHeader.BYTES * 8; bit++) {
      ByteBuffer damaged = written();
      int at = bit / 8;
      damaged.put(at, (byte) (damaged.get(at) ^ (1 << (bit % 8))));
      assertThat(isGood(damaged)).as("bit " + bit).isFalse();
    }
  }

  @Test
  void refusesWhatIsNoHeader() {
    assertThatThrownBy(() -> FrameHeader.read(ByteBuffer.allocate(28), new CRC32C()))
        .isInstanceOf(ProtocolException.class);
  }

  private boolean isGood(ByteBuffer bytes) {
    CRC32C sum = new CRC32C();
    try {
      FrameHeader read = FrameHeader.read(bytes, sum);
      sum.update(payload.duplicate());
      return read.crc() == (int) sum.getValue();
    } catch (ProtocolException e) {
      return false;
    }
  }

  private ByteBuffer written() {
    ByteBuffer bytes = ByteBuffer.allocate(FrameHeader.BYTES);
    header.write(bytes, payload);
    return bytes.flip();
  }
}
