package io.evenstep.model.engine.step.kernel;

import io.evenstep.model.NativeRuntime;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;

/**
 * oneDNN in this process. It is loaded once and limited to the instructions of the chosen native
 * build, so that different processors add in the same order. A user can override this by setting
 * {@code ONEDNN_MAX_CPU_ISA} or {@code DNNL_MAX_CPU_ISA}.
 */
public final class OneDnn {
  private OneDnn() {}

  /** Loads the library unless it is loaded already. */
  static engine engine() {
    return Library.ENGINE;
  }

  /**
   * Version and instructions, such as {@code oneDNN 3.11.0 avx512_core}: bits of float32 products
   * depend on both.
   */
  public static String description() {
    return Library.VERSION + " " + Library.INSTRUCTIONS;
  }

  /**
   * The same for products of bfloat16, such as {@code oneDNN 3.11.0 avx512_core_amx}; empty if the
   * processor has no instructions for them, or the native build may not use them.
   */
  public static Optional<String> bfloat16Description() {
    return Library.BFLOAT16.map(instructions -> Library.VERSION + " " + instructions);
  }

  /**
   * @throws IllegalStateException when oneDNN reports an error, which is a bug of ours
   */
  static void require(int status, String what) {
    if (status != dnnl.dnnl_success) {
      throw new IllegalStateException("oneDNN cannot " + what + ": status " + status);
    }
  }

  /** oneDNN's names for instructions that include products of bfloat16. */
  private static final Pattern HAVE_BFLOAT16 =
      Pattern.compile("avx512_core_(bf16|fp16|amx.*)|avx10_1_512.*|avx10_2.*");

  /** A separate class, because its static initializer must run before any other call. */
  private static final class Library {
    static final engine ENGINE;
    static final String VERSION;
    static final String INSTRUCTIONS;
    static final Optional<String> BFLOAT16;

    static {
      String limit = NativeRuntime.instructionsWithBfloat16();
      if (Stream.of("ONEDNN_MAX_CPU_ISA", "DNNL_MAX_CPU_ISA").noneMatch(Library::isSet)) {
        require(dnnl.dnnl_set_max_cpu_isa(dnnl.cpu_isa.valueOf(limit).value), "use " + limit);
      }
      ENGINE = new engine(engine.kind.cpu, 0);
      var version = dnnl.dnnl_version();
      VERSION =
          String.format(
              Locale.ROOT, "oneDNN %d.%d.%d", version.major(), version.minor(), version.patch());
      String found = dnnl.get_effective_cpu_isa().intern().name().toLowerCase(Locale.ROOT);
      BFLOAT16 = Optional.of(found).filter(name -> HAVE_BFLOAT16.matcher(name).matches());
      String ofBuild = NativeRuntime.instructions();
      boolean hasMore = BFLOAT16.isPresent() || found.startsWith(ofBuild);
      INSTRUCTIONS = hasMore ? ofBuild : found;
    }

    private static boolean isSet(String variable) {
      return System.getenv(variable) != null;
    }
  }
}
