package io.evenstep.worker;

import org.nd4j.linalg.factory.Nd4j;

/** What the bits of a run depend on besides its seed. */
final class Platform {
  private Platform() {}

  /** Processor architecture, engine and its native build. */
  static String describe() {
    return System.getProperty("os.arch")
        + " "
        + Nd4j.getBackend().getClass().getSimpleName()
        + System.getProperty("org.bytedeco.javacpp.platform.extension", "");
  }
}
