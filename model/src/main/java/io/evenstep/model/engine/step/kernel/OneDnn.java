package io.evenstep.model.engine.step.kernel;

import io.evenstep.model.NativeRuntime;
import java.util.Locale;
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

  /** Version and instructions, such as {@code oneDNN 3.11.0 avx512_core}: bits depend on both. */
  public static String description() {
    return Library.DESCRIPTION;
  }

  /**
   * @throws IllegalStateException when oneDNN reports an error, which is a bug of ours
   */
  static void require(int status, String what) {
    if (status != dnnl.dnnl_success) {
      throw new IllegalStateException("oneDNN cannot " + what + ": status " + status);
    }
  }

  /** A separate class, because its static initializer must run before any other call. */
  private static final class Library {
    static final engine ENGINE;
    static final String DESCRIPTION;

    static {
      dnnl.cpu_isa instructions = dnnl.cpu_isa.valueOf(NativeRuntime.instructions());
      if (Stream.of("ONEDNN_MAX_CPU_ISA", "DNNL_MAX_CPU_ISA").noneMatch(Library::isSet)) {
        require(dnnl.dnnl_set_max_cpu_isa(instructions.value), "use " + instructions);
      }
      ENGINE = new engine(engine.kind.cpu, 0);
      var version = dnnl.dnnl_version();
      DESCRIPTION =
          String.format(
              Locale.ROOT,
              "oneDNN %d.%d.%d %s",
              version.major(),
              version.minor(),
              version.patch(),
              dnnl.get_effective_cpu_isa().intern().name().toLowerCase(Locale.ROOT));
    }

    private static boolean isSet(String variable) {
      return System.getenv(variable) != null;
    }
  }
}
