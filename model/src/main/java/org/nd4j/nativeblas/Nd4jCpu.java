package org.nd4j.nativeblas;

import org.nd4j.linalg.factory.Nd4j;

/**
 * Lets DL4J 1.0.0-M2.1 find its own oneDNN path.
 *
 * <p>Before a layer takes its oneDNN helper, {@code nn.layers.mkldnn.BaseMKLDNNHelper} asks by
 * reflection for {@code org.nd4j.nativeblas.Nd4jCpu$Environment}. ND4J has since moved that class
 * to {@code org.nd4j.linalg.cpu.nativecpu.bindings}, so that the question always failed, the
 * helpers called themselves unsupported, and a convolution ran three to four times slower without a
 * word. This class answers under the old name.
 */
public final class Nd4jCpu {
  private Nd4jCpu() {}

  /** The two methods DL4J calls. */
  public static final class Environment {
    private static final Environment INSTANCE = new Environment();

    private Environment() {}

    /** The one instance. */
    @SuppressWarnings("MemberName")
    public static Environment getInstance() {
      return INSTANCE;
    }

    /** Whether ND4J itself may use oneDNN. */
    public boolean isUseMKLDNN() {
      return Nd4j.getEnvironment().helpersAllowed();
    }
  }
}
