package io.evenstep.model;

/**
 * What the bits of a result depend on besides the job: kept in checkpoints and logs.
 *
 * @param processor family, model and name
 * @param library ND4J backend, the build chosen, and its libraries' settings, such as {@code
 *     CpuBackend-onednn-avx512 OPENBLAS_CORETYPE=SkylakeX}
 * @param version of ND4J
 */
public record NativeDescription(String processor, String library, String version) {}
