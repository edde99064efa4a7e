package org.nd4j.nativeblas;

import org.nd4j.linalg.factory.Nd4j;

/**
 * Lets DL4J 1.0.0-M2.1 find its own oneDNN path.
 *
 * <p>Before a layer takes its oneDNN helper, {@code nn.layers.mkldnn.BaseMKLDNNHelper} asks by
 * reflection for {@code org.nd4j.nativeblas.Nd4jCpu$Environment}. ND4J has moved that class to
 * {@code org.nd4j.linalg.cpu.nativecpu.bindings}. So the lookup always failed, the helpers reported
 * that they were unsupported, and convolutions silently ran three to four times slower. This class
 * provides the old name.
 */
public final class Nd4jCpu {
  private Nd4jCpu() {}

  /** The two methods that DL4J calls. */
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
