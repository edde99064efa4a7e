package io.evenstep.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

class NativeRuntimeTest {
  private static final Set<String> AVX2 = Set.of("sse2", "avx", "avx2", "fma");
  private static final Set<String> AVX512 =
      Set.of("avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl");

  private static final String CORE = "OPENBLAS_CORETYPE";

  @Test
  void takesTheBestBuildThatTheProcessorCanRun() {
    Set<String> modern = new HashSet<>(AVX2);
    modern.addAll(AVX512);

    assertThat(extension(modern)).isEqualTo("-onednn-avx512");
    assertThat(extension(AVX2)).isEqualTo("-onednn-avx2");
    assertThat(extension(Set.of("sse2", "avx"))).isEqualTo("-onednn");
    assertThat(extension(Set.of())).isEqualTo("-onednn");
  }

  private static String extension(Set<String> flags) {
    return NativeBuild.bestFor(flags).extension();
  }

  @Test
  void needsEveryPartOfAvx512ThatTheBuildUses() {
    Set<String> knightsLanding = new HashSet<>(AVX2);
    knightsLanding.addAll(Set.of("avx512f", "avx512cd"));

    assertThat(extension(knightsLanding)).isEqualTo("-onednn-avx2");
  }

  @Test
  void describesWhatTheBitsDependOn() {
    NativeDescription description = NativeRuntime.describe();

    assertThat(description.version()).isEqualTo("1.0.0-M2.1");
    assertThat(description.library()).startsWith("CpuBackend-onednn");
    assertThat(description.processor()).startsWith("family ");
  }

  @Test
  void tellsOpenBlasWhichKernelsToTakeUnlessTheUserDoes() {
    NativeRuntime.load();
    String build = System.getProperty("org.bytedeco.javacpp.platform.extension");
    String ours = NativeBuild.named(build).map(NativeBuild::environment).orElseThrow().get(CORE);
    String told = System.getenv().getOrDefault(CORE, ours);

    assertThat(NativeEnvironment.value(CORE)).isEqualTo(Optional.ofNullable(told));
    if (told != null) {
      assertThat(NativeRuntime.describe().library()).contains(CORE + "=" + told);
    }
  }

  @Test
  void computesInOneThread() {
    NativeRuntime.oneThread();

    assertThat(Nd4j.getEnvironment().maxThreads()).isEqualTo(1);
    assertThat(Nd4j.getEnvironment().maxMasterThreads()).isEqualTo(1);
    assertThat(Nd4j.factory().blas().getMaxThreads()).isEqualTo(1);
  }
}
