package io.evenstep.model;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The builds of ND4J's native CPU library, best first. Each also fixes how the two libraries that
 * it calls compute: which kernels OpenBLAS uses, and which instructions oneDNN may use.
 *
 * <p>By default these two choose by the processor, whatever the build. OpenBLAS 0.3.19 treats a
 * processor that it does not know as an old one: on a Zen 5 it used SSE2, and the gradient of an
 * MLP took 6.5 ms. It takes 2.3 ms with the kernels for AVX-512 and 3.3 ms with those for AVX2.
 */
enum NativeBuild {
  AVX512(
      "-onednn-avx512",
      Set.of("avx2", "fma", "avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl"),
      Map.of("OPENBLAS_CORETYPE", "SkylakeX"),
      "avx512_core",
      "avx512_core_amx"),
  AVX2(
      "-onednn-avx2",
      Set.of("avx2", "fma"),
      Map.of("OPENBLAS_CORETYPE", "Haswell", "DNNL_MAX_CPU_ISA", "AVX2"),
      "avx2",
      "avx2"),
  ANY("-onednn", Set.of(), Map.of(), "sse41", "sse41");

  private final String extension;
  private final Set<String> needed;
  private final Map<String, String> environment;
  private final String instructions;
  private final String withBfloat16;

  NativeBuild(
      String extension,
      Set<String> needed,
      Map<String, String> environment,
      String instructions,
      String withBfloat16) {
    this.extension = extension;
    this.needed = needed;
    this.environment = environment;
    this.instructions = instructions;
    this.withBfloat16 = withBfloat16;
  }

  /** The best for a processor with these instruction sets. */
  static NativeBuild bestFor(Set<String> flags) {
    return Arrays.stream(values())
        .filter(it -> flags.containsAll(it.needed))
        .findFirst()
        .orElse(ANY);
  }

  /** The build with this name, if there is one. */
  static Optional<NativeBuild> named(String extension) {
    return Arrays.stream(values()).filter(it -> it.extension.equals(extension)).findFirst();
  }

  /** JavaCPP's name for it. */
  String extension() {
    return extension;
  }

  /** The environment variables that its libraries read when they load. */
  Map<String, String> environment() {
    return environment;
  }

  /** The instructions that the step program's oneDNN may use, by oneDNN's name for them. */
  String instructions() {
    return instructions;
  }

  /**
   * The same with instructions for products of bfloat16, where the processor has them: those of
   * AVX-512 or of AMX. Kernels for float32 use none of these.
   */
  String withBfloat16() {
    return withBfloat16;
  }

  /** The environment variables that any build sets. */
  static Set<String> variables() {
    Set<String> names = new HashSet<>();
    Arrays.stream(values()).forEach(build -> names.addAll(build.environment.keySet()));
    return names;
  }
}
