package io.evenstep.model;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The processor that this process runs on. */
final class Processor {
  private static final Path DESCRIPTION = Path.of("/proc/cpuinfo");

  private Processor() {}

  /** Family, model and name, as Linux gives them. */
  static String name() {
    return String.format(
        Locale.ROOT,
        "family %s model %s, %s",
        line("cpu family"),
        line("model"),
        line("model name"));
  }

  /**
   * Instruction sets that this process can use, by their names in {@code /proc/cpuinfo}; empty if
   * there is no such file.
   *
   * <p>The file describes the machine. In an emulated process (QEMU, a container for another kind
   * of processor) that is not the processor that runs the code. Java asks the processor itself, so
   * an instruction set that Java does not use is left out here too. That includes AVX-512 on the
   * first Skylakes.
   */
  static Set<String> flags() {
    return allowed(Set.copyOf(List.of(line("flags").split("\\s+"))), javaAvx());
  }

  /**
   * @param javaAvx the AVX that Java uses, from 0 for none to 3 for AVX-512; empty if not known
   */
  static Set<String> allowed(Set<String> flags, OptionalInt javaAvx) {
    Predicate<String> leftOut =
        switch (javaAvx.orElse(3)) {
          case 0 -> flag -> flag.startsWith("avx");
          case 1 -> flag -> flag.startsWith("avx") && !flag.equals("avx");
          case 2 -> flag -> flag.startsWith("avx512");
          default -> flag -> false;
        };
    return flags.stream().filter(leftOut.negate()).collect(Collectors.toUnmodifiableSet());
  }

  private static OptionalInt javaAvx() {
    try {
      return ManagementFactory.getPlatformMXBeans(HotSpotDiagnosticMXBean.class).stream()
          .mapToInt(java -> Integer.parseInt(java.getVMOption("UseAVX").getValue()))
          .findFirst();
    } catch (IllegalArgumentException e) {
      return OptionalInt.empty(); // a Java for another processor has no such option
    }
  }

  /**
   * The value of a field in the first processor's description; empty when there is no such field.
   */
  private static String line(String key) {
    if (!Files.isReadable(DESCRIPTION)) {
      return "";
    }
    try (Stream<String> lines = Files.lines(DESCRIPTION)) {
      return lines
          .map(line -> line.split(":", 2))
          .filter(parts -> parts.length == 2 && parts[0].strip().equals(key))
          .map(parts -> parts[1].strip())
          .findFirst()
          .orElse("");
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + DESCRIPTION, e);
    }
  }
}
