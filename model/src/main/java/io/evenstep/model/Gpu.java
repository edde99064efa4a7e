package io.evenstep.model;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A graphics card, as {@code nvidia-smi} describes it.
 *
 * @param index its number in the machine, from 0
 * @param driver first number of the version of NVIDIA's driver: 535 of {@code 535.104.05}
 * @param memoryMiB its memory in MiB
 * @param computeCapability ten times the compute capability: 86 for 8.6
 */
public record Gpu(int index, int driver, int memoryMiB, int computeCapability) {
  /** What {@code nvidia-smi} is asked for, one line a card. */
  public static final List<String> QUERY =
      List.of(
          "--query-gpu=index,driver_version,memory.total,compute_cap",
          "--format=csv,noheader,nounits");

  /**
   * ND4J's CUDA library has code for these and nothing that a driver could translate for others.
   */
  private static final int OLDEST = 37;

  private static final int NEWEST = 89;
  private static final int LEAST_DRIVER = 450; // CUDA 11 runs on any driver from there on

  private static final Pattern LINE =
      Pattern.compile(
          "(?<index>\\d{1,4}), *(?<driver>\\d{1,6})[.\\d]*, *(?<memory>\\d{1,9}), *(?<major>\\d{1,3})\\.(?<minor>\\d) *");

  /**
   * The cards that {@code nvidia-smi} lists when asked for {@link #QUERY}.
   *
   * @throws ConfigException when a line is not as it must be
   */
  public static List<Gpu> parse(String lines) {
    return lines.lines().filter(line -> !line.isBlank()).map(Gpu::ofLine).toList();
  }

  private static Gpu ofLine(String line) {
    Matcher found = LINE.matcher(line);
    if (!found.matches()) {
      throw new ConfigException("Cannot read what nvidia-smi says of a card: '" + line + "'");
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
   * @param neededMiB memory that the job needs at least
   * @throws ConfigException when it cannot; says what to do
   */
  public void requireUsable(int neededMiB) {
    if (computeCapability < OLDEST || computeCapability > NEWEST) {
      throw new ConfigException(
          String.format(
              Locale.ROOT,
              "Cannot train on GPU %d: its compute capability is %s, and ND4J's CUDA library has code for 3.7 to 8.9 only. Use a card of that range, or train on the CPU: build without -Pcuda.",
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
