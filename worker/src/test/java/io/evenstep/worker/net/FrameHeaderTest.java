package io.evenstep.worker.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class FrameHeaderTest {
  @Test
  void comesBackAsItWasSent() {
    FrameHeader header = FrameHeader.of(FrameType.SLICE, 3, (1L << 32) + 7, 11, 5, -2.5);
    ByteBuffer bytes = ByteBuffer.allocate(FrameHeader.BYTES);
    header.write(bytes);
    assertThat(FrameHeader.read(bytes.flip())).isEqualTo(header);
  }

  @Test
  void refusesWhatIsNoHeader() {
    assertThatThrownBy(() -> FrameHeader.read(ByteBuffer.allocate(FrameHeader.BYTES)))
        .isInstanceOf(ProtocolException.class);
  }
}
