package io.evenstep.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

class NativeRuntimeTest {
  @Test
  void takesTheAvx2BuildWhereThereIsAvx2AndThePlainOneElsewhere() {
    assertThat(NativeRuntime.extension(Set.of("sse2", "avx2", "fma", "avx512f")))
        .isEqualTo("-onednn-avx2");
    assertThat(NativeRuntime.extension(Set.of("sse2", "avx"))).isEqualTo("-onednn");
    assertThat(NativeRuntime.extension(Set.of())).isEqualTo("-onednn");
  }

  @Test
  void describesWhatTheBitsDependOn() {
    NativeDescription description = NativeRuntime.describe();

    assertThat(description.version()).isEqualTo("1.0.0-M2.1");
    assertThat(description.library()).startsWith("CpuBackend-onednn");
    assertThat(description.processor()).startsWith("family ");
  }

  @Test
  void computesInOneThread() {
    NativeRuntime.oneThread();

    assertThat(Nd4j.getEnvironment().maxThreads()).isEqualTo(1);
    assertThat(Nd4j.getEnvironment().maxMasterThreads()).isEqualTo(1);
    assertThat(Nd4j.factory().blas().getMaxThreads()).isEqualTo(1);
  }
}
