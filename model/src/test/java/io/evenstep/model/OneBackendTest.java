package io.evenstep.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** With both backends on the class path, ND4J would choose either of them. */
class OneBackendTest {
  private static final String CPU = "org/nd4j/linalg/cpu/nativecpu/CpuBackend.class";
  private static final String CUDA = "org/nd4j/linalg/jcublas/JCublasBackend.class";

  @Test
  void aBuildForProcessorsHasTheirs() {
    assertThat(has(CPU)).isTrue();
    assertThat(has(CUDA)).isFalse();
    assertThat(NativeRuntime.hasCuda()).isFalse();
  }

  @Tag("gpu")
  @Test
  void aBuildForCardsHasTheirs() {
    assertThat(has(CPU)).isFalse();
    assertThat(has(CUDA)).isTrue();
    assertThat(NativeRuntime.hasCuda()).isTrue();
  }

  private static boolean has(String resource) {
    return OneBackendTest.class.getClassLoader().getResource(resource) != null;
  }
}
