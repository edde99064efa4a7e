package io.evenstep.model;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A graphics card, as {@code nvidia-smi} describes it.
 *
 * @param index its index in the machine, from 0
 * @param driver major version of NVIDIA's driver: 535 for {@code 535.104.05}
 * @param memoryMiB its memory in MiB
 * @param computeCapability ten times the compute capability: 86 for 8.6
 */
public record Gpu(int index, int driver, int memoryMiB, int computeCapability) {
  /** The fields that {@code nvidia-smi} is asked for; it prints one line per card. */
  public static final List<String> QUERY =
      List.of(
          "--query-gpu=index,driver_version,memory.total,compute_cap",
          "--format=csv,noheader,nounits");

  /**
   * ND4J's CUDA library has machine code for these only, and no PTX that a driver could compile for
   * others.
   */
  private static final int OLDEST = 37;

  private static final int NEWEST = 89;
  private static final int LEAST_DRIVER = 450; // CUDA 11 runs on this driver and any later one

  private static final Pattern LINE =
      Pattern.compile(
          "(?<index>\\d{1,4}), *(?<driver>\\d{1,6})[.\\d]*, *(?<memory>\\d{1,9}),"
              + " *(?<major>\\d{1,3})\\.(?<minor>\\d) *");

  /**
   * The cards that {@code nvidia-smi} lists when asked for {@link #QUERY}.
   *
   * @throws ConfigException when a line has another form
   */
  public static List<Gpu> parse(String lines) {
    return lines.lines().filter(line -> !line.isBlank()).map(Gpu::ofLine).toList();
  }

  private static Gpu ofLine(String line) {
    Matcher found = LINE.matcher(line);
    if (!found.matches()) {
      throw new ConfigException("Cannot read nvidia-smi's line about a card: '" + line + "'");
    }
    return new Gpu(
        Integer.parseInt(found.group("index")),
        Integer.parseInt(found.group("driver")),
        Integer.parseInt(found.group("memory")),
        10 * Integer.parseInt(found.group("major")) + Integer.parseInt(found.group("minor")));
  }

  /**
   * Makes sure that ND4J's CUDA library can run here, before it is loaded.
   *
   * @param neededMiB least memory that the job needs
   * @throws ConfigException when it cannot; the message says what to do
   */
  public void requireUsable(int neededMiB) {
    if (computeCapability < OLDEST || computeCapability > NEWEST) {
      throw new ConfigException(
          String.format(
              Locale.ROOT,
              "Cannot train on GPU %d: its compute capability is %s, and ND4J's CUDA library has"
                  + " code for 3.7 to 8.9 only. Use a card in that range, or train on the CPU:"
                  + " build without -Pcuda.",
              index,
              capability()));
    }
    if (driver < LEAST_DRIVER) {
      throw new ConfigException(
          String.format(
              Locale.ROOT,
              "Cannot train on GPU %d: NVIDIA's driver must be %d or newer, got %s",
              index,
              LEAST_DRIVER,
              driver));
    }
    if (memoryMiB < neededMiB) {
      throw new ConfigException(
          String.format(
              Locale.ROOT,
              "Cannot train on GPU %d: it must have %d MiB of memory, got %d",
              index,
              neededMiB,
              memoryMiB));
    }
  }

  private String capability() {
    return computeCapability / 10 + "." + computeCapability % 10;
  }
}
