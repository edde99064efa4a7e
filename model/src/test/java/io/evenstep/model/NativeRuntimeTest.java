package io.evenstep.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

class NativeRuntimeTest {
  private static final Set<String> AVX2 = Set.of("sse2", "avx", "avx2", "fma");
  private static final Set<String> AVX512 =
      Set.of("avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl");

  @Test
  void takesTheBestBuildThatTheProcessorCanRun() {
    Set<String> modern = new HashSet<>(AVX2);
    modern.addAll(AVX512);

    assertThat(NativeRuntime.extension(modern)).isEqualTo("-onednn-avx512");
    assertThat(NativeRuntime.extension(AVX2)).isEqualTo("-onednn-avx2");
    assertThat(NativeRuntime.extension(Set.of("sse2", "avx"))).isEqualTo("-onednn");
    assertThat(NativeRuntime.extension(Set.of())).isEqualTo("-onednn");
  }

  @Test
  void needsEveryPartOfAvx512ThatTheBuildUses() {
    Set<String> knightsLanding = new HashSet<>(AVX2);
    knightsLanding.addAll(Set.of("avx512f", "avx512cd"));

    assertThat(NativeRuntime.extension(knightsLanding)).isEqualTo("-onednn-avx2");
  }

  @Test
  void describesWhatTheBitsDependOn() {
    NativeDescription description = NativeRuntime.describe();

    assertThat(description.version()).isEqualTo("1.0.0-M2.1");
    assertThat(description.library()).startsWith("CpuBackend-onednn");
    assertThat(description.processor()).startsWith("family ");
  }

  @Test
  void tellsApartWhoIsToldHowOpenBlasAdds() {
    assertThat(NativeRuntime.kernels(Map.of())).isEmpty();
    assertThat(NativeRuntime.kernels(Map.of("OPENBLAS_CORETYPE", "Haswell")))
        .isEqualTo(", OPENBLAS_CORETYPE=Haswell");
  }

  @Test
  void computesInOneThread() {
    NativeRuntime.oneThread();

    assertThat(Nd4j.getEnvironment().maxThreads()).isEqualTo(1);
    assertThat(Nd4j.getEnvironment().maxMasterThreads()).isEqualTo(1);
    assertThat(Nd4j.factory().blas().getMaxThreads()).isEqualTo(1);
  }
}
