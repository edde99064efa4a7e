package io.evenstep.model.engine.step.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.model.NativeRuntime;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

/** The separate build of oneDNN next to ND4J's. */
class OneDnnPinTest {
  @Test
  void isHeldToTheInstructionsOfTheNativeBuildBesideNd4j() {
    NativeRuntime.oneThread();
    assertThat(Nd4j.ones(3).sumNumber().intValue()).isEqualTo(3);
    assertThat(NativeRuntime.instructions()).isIn("avx512_core", "avx2", "sse41");
    assertThat(OneDnn.description()).isEqualTo("oneDNN 3.11.0 " + NativeRuntime.instructions());
  }
}
