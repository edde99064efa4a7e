package io.evenstep.driver.stage;

import io.evenstep.model.ConfigException;
import io.evenstep.model.Gpu;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * NVIDIA's program {@code nvidia-smi}, which lists GPUs.
 *
 * @param program its name or path
 */
record NvidiaSmi(String program) {
  /** The program on the PATH, or the one that the variable NVIDIA_SMI names. */
  static NvidiaSmi installed() {
    return new NvidiaSmi(System.getenv().getOrDefault("NVIDIA_SMI", "nvidia-smi"));
  }

  /**
   * The GPUs of this machine.
   *
   * @throws ConfigException when the program fails
   */
  List<Gpu> cards() {
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(Gpu.QUERY);
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int code = process.waitFor();
      if (code != 0) {
        throw new ConfigException(
            String.format(
                Locale.ROOT,
                "Cannot list GPUs with %s: it exited with %d and printed: %s",
                program,
                code,
                said.strip()));
      }
      return Gpu.parse(said);
    } catch (IOException e) {
      throw new ConfigException("Cannot run " + program + "; is NVIDIA's driver installed?", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ConfigException("Interrupted while listing GPUs with " + program, e);
    }
  }
}
