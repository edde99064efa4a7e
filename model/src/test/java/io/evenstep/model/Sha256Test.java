package io.evenstep.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class Sha256Test {
  /** The examples of FIPS 180-2. */
  @Test
  void givesTheDigestsOfTheStandard() {
    assertThat(Sha256.of("abc"))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assertThat(Sha256.of(""))
        .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assertThat(Sha256.of(ByteBuffer.wrap(new byte[] {0, 'a', 'b', 'c', 0}).position(1).limit(4)))
        .as("only the remaining bytes")
        .isEqualTo(Sha256.of("abc"));
  }
}
