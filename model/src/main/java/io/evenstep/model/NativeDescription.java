package io.evenstep.model;

/**
 * What the bits of a result depend on besides the job: kept in checkpoints and logs.
 *
 * @param processor family, model and name
 * @param library ND4J backend and the build chosen, such as {@code CpuBackend-onednn-avx2}, and the
 *     kernels of OpenBLAS where the environment names them
 * @param version of ND4J
 */
public record NativeDescription(String processor, String library, String version) {}
