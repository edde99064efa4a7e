package io.evenstep.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.bytedeco.javacpp.Pointer;
import org.deeplearning4j.config.DL4JClassLoading;
import org.nd4j.common.config.ND4JClassLoading;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * Chooses and describes the native libraries that do the arithmetic of this process.
 *
 * <p>{@link #prepare()} must be called before ND4J's libraries load. ND4J's own look-up of backends
 * does so (see {@link io.evenstep.model.nd4j.FirstBackend}), wherever this module is on the class
 * path.
 *
 * <p>There are three builds, all with oneDNN: for AVX-512, for AVX2, and for any x86-64. A process
 * takes the best build that its processor can run (see {@link Processor}) and sets the libraries in
 * it to match (see {@link NativeBuild}). To get the same bits from different kinds of processor,
 * set {@code org.bytedeco.javacpp.platform.extension} to one build for the whole cluster.
 */
public final class NativeRuntime {
  private static final String EXTENSION = "org.bytedeco.javacpp.platform.extension";
  private static final String HELPERS_OFF = "org.eclipse.deeplearning4j.helpers.disable";
  private static final String EXECUTIONER = "opexec";
  private static final String ARRAY_FACTORY = "ndarrayfactory.class";
  private static final String PHYSICAL_LIMIT = "org.bytedeco.javacpp.maxPhysicalBytes";
  private static final String JAVACPP_LOG = "org.bytedeco.javacpp.logger";
  private static final String CUDA_BACKEND = "org/nd4j/linalg/jcublas/JCublasBackend.class";
  private static final int PHYSICAL_HEAPS = 3; // JavaCPP's default

  private NativeRuntime() {}

  /**
   * Sets the system properties and environment variables that ND4J, DL4J and the libraries below
   * them read when they load. Those already set stay. Calling it again does nothing.
   */
  public static void prepare() {
    if (!hasCuda()) {
      setUnlessSet(EXTENSION, NativeBuild.bestFor(Processor.flags()).extension());
      setUnlessSet(EXECUTIONER, "io.evenstep.model.nd4j.FencedExecutioner");
      setUnlessSet(ARRAY_FACTORY, "io.evenstep.model.nd4j.FencedArrayFactory");
    }
    setUnlessSet(HELPERS_OFF, "false");
    // With a limit, JavaCPP asks the kernel for the size of the process at each native pointer it
    // makes, several times per operation: an SGD step over 0.5 M parameters took 0.55 ms, against
    // 0.36 ms without.
    setUnlessSet(PHYSICAL_LIMIT, "0");
    setUnlessSet(JAVACPP_LOG, "slf4j"); // its default is to warn on the console
    if (!hasCuda()) {
      Environment.prepare(); // loads JavaCPP, which reads some of the above
    }
    // Both look classes up by name. In a Spark executor only our own class loader sees the job's
    // jars.
    ND4JClassLoading.setNd4jClassloaderFromClass(NativeRuntime.class);
    DL4JClassLoading.setDl4jClassloaderFromClass(NativeRuntime.class);
  }

  /** Whether this build trains on GPUs: ND4J's CUDA backend is on the class path. Loads nothing. */
  public static boolean hasCuda() {
    return NativeRuntime.class.getClassLoader().getResource(CUDA_BACKEND) != null;
  }

  /**
   * Loads ND4J.
   *
   * @throws ConfigException when a build for GPUs lacks the libraries that it needs
   */
  public static void load() {
    prepare();
    try {
      Nd4j.getBackend();
    } catch (LinkageError e) { // a static initializer of ND4J looks for the backend
      if (hasCuda()) {
        throw new ConfigException(
            "Cannot load ND4J's CUDA library: it needs NVIDIA's driver, and CUDA 11.6 on this"
                + " machine or in lib/ (org.bytedeco:cuda, classifier linux-x86_64-redist)",
            e);
      }
      throw e;
    }
  }

  /** Read once: nobody else changes these variables while the process runs. */
  private static final class Environment {
    static {
      NativeBuild.named(System.getProperty(EXTENSION, ""))
          .map(NativeBuild::environment)
          .ifPresent(variables -> variables.forEach(NativeEnvironment::setUnlessSet));
    }

    static void prepare() {}
  }

  private static void setUnlessSet(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  /**
   * Makes native code called from this thread use this thread only, so that sums are added in one
   * order. Each compute thread calls it once, before its first operation.
   */
  public static void oneThread() {
    load();
    Nd4j.getEnvironment().setMaxThreads(1);
    Nd4j.getEnvironment().setMaxMasterThreads(1);
    NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(1);
    Nd4j.factory().blas().setMaxThreads(1);
  }

  /**
   * Collects garbage when the process has become so large that unreachable native arrays may be the
   * cause: native memory is freed only when the Java object that owns it is collected. Makes a
   * system call, so call it now and then, not at each operation.
   */
  public static void relieveMemory() {
    if (Pointer.physicalBytes() > PHYSICAL_HEAPS * Runtime.getRuntime().maxMemory()) {
      System.gc();
    }
  }

  /**
   * Processor, native build and versions. Results are comparable bit by bit when they are equal.
   */
  public static NativeDescription describe() {
    prepare();
    return new NativeDescription(
        Processor.name(),
        Nd4j.getBackend().getClass().getSimpleName()
            + System.getProperty(EXTENSION, "")
            + kernels(),
        nd4jVersion());
  }

  /**
   * The instructions of the chosen build, as oneDNN 3 calls them: {@code avx512_core}, {@code avx2}
   * or {@code sse41}.
   */
  public static String instructions() {
    return build().instructions();
  }

  /** The same with those for products of bfloat16; the processor need not have them. */
  public static String instructionsWithBfloat16() {
    return build().withBfloat16();
  }

  private static NativeBuild build() {
    prepare();
    return NativeBuild.named(System.getProperty(EXTENSION, ""))
        .orElseGet(() -> NativeBuild.bestFor(Processor.flags()));
  }

  /**
   * Environment variables by which a user may choose how the native libraries compute. One that is
   * set for a driver must also be set for its executors.
   */
  public static Set<String> variables() {
    return NativeBuild.variables();
  }

  /** The settings of OpenBLAS and oneDNN; empty when they choose by the processor themselves. */
  private static String kernels() {
    return variables().stream()
        .sorted()
        .flatMap(name -> NativeEnvironment.value(name).map(it -> " " + name + "=" + it).stream())
        .collect(Collectors.joining());
  }

  private static String nd4jVersion() {
    Properties properties = new Properties();
    try (InputStream in =
        Nd4j.class.getResourceAsStream("/META-INF/maven/org.nd4j/nd4j-api/pom.properties")) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the version of ND4J", e);
    }
    return properties.getProperty("version", "unknown");
  }
}
