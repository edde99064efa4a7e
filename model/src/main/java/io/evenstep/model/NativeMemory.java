package io.evenstep.model;

import java.lang.management.ManagementFactory;
import java.util.Locale;
import org.bytedeco.javacpp.Pointer;

/**
 * The memory that holds tensors. When ND4J cannot allocate any, it does not throw: the process
 * dies.
 */
public final class NativeMemory {
  private static final String[] UNITS = {"KiB", "MiB", "GiB", "TiB"};
  private static final int STEP = 1024;

  private NativeMemory() {}

  /** Bytes of memory of the machine, or of the container that this process runs in. */
  public static long total() {
    return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
        .getTotalMemorySize();
  }

  /**
   * Makes sure that this much memory is available, by allocating and freeing it.
   *
   * @param what what needs the memory, such as {@code build the network}
   * @param why why it takes so much, and what to do
   * @throws ConfigException when it is not; says how much is needed and how much there is
   */
  public static void require(double bytes, String what, String why) {
    long total = total();
    if (bytes > total || !canBeHad((long) bytes)) {
      throw new ConfigException(
          String.format(
              Locale.ROOT,
              "Cannot %s: it takes at least %s of memory, and this machine has %s; %s",
              what,
              words(bytes),
              words(total),
              why));
    }
  }

  /** Does not touch the pages, so it costs nothing. */
  private static boolean canBeHad(long bytes) {
    Pointer probe = Pointer.malloc(Math.max(1, bytes));
    if (probe == null || probe.isNull()) {
      return false;
    }
    Pointer.free(probe);
    return true;
  }

  /** Bytes in the largest unit in which the number is at least 1: {@code 68.9 KiB}. */
  public static String words(double bytes) {
    if (bytes < STEP) {
      return String.format(Locale.ROOT, "%.0f bytes", bytes);
    }
    int unit = -1;
    double scaled = bytes;
    while (scaled >= STEP && unit < UNITS.length - 1) {
      scaled /= STEP;
      unit++;
    }
    return String.format(Locale.ROOT, "%,.1f %s", scaled, UNITS[unit]);
  }
}
