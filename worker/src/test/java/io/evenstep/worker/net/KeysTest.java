package io.evenstep.worker.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class KeysTest {
  private static final HexFormat HEX = HexFormat.of();

  @Test
  void drawsTheKeysOfRfc5869() {
    byte[] salt = HEX.parseHex("000102030405060708090a0b0c");
    byte[] secret = HEX.parseHex("0b".repeat(22));
    byte[] extracted = Hmac.extract(salt, secret);
    assertThat(HEX.formatHex(extracted))
        .isEqualTo("077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5");
    assertThat(HEX.formatHex(Hmac.expand(extracted, HEX.parseHex("f0f1f2f3f4f5f6f7f8f9"))))
        .isEqualTo("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf");
  }

  @Test
  void bothEndsAgreeAndNobodyElse() {
    KeyShare one = KeyShare.fresh();
    KeyShare other = KeyShare.fresh();
    assertThat(one.shown()).hasSize(KeyShare.BYTES).isNotEqualTo(other.shown());
    assertThat(one.agree(other.shown())).isEqualTo(other.agree(one.shown()));
    assertThat(KeyShare.fresh().agree(one.shown())).isNotEqualTo(other.agree(one.shown()));
  }

  @Test
  void refusesAShareThatWouldMakeTheAgreedBytesKnown() {
    assertThatThrownBy(() -> KeyShare.fresh().agree(new byte[KeyShare.BYTES]))
        .isInstanceOf(ProtocolException.class)
        .hasMessageStartingWith("Invalid handshake: wrong key share");
  }
}
