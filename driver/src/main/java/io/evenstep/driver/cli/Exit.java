package io.evenstep.driver.cli;

import io.evenstep.driver.cli.session.ExitCode;
import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Ends the process, even if other threads are still running. */
final class Exit {
  private static final long PATIENCE_SECONDS = 20;

  private Exit() {}

  /**
   * Ends the process with a code. Returns only when the cluster ends the process. In cluster mode
   * the code is not visible, so it is also printed.
   */
  static void with(int code, PrintWriter err) {
    boolean onCluster = "cluster".equals(System.getProperty("spark.submit.deployMode"));
    if (onCluster) {
      err.println("Ended with exit code " + ExitCode.words(code));
      err.flush();
    }
    if (code == 0 && onCluster && "yarn".equals(System.getProperty("spark.master"))) {
      return; // YARN's application master treats System.exit as a failure, even with 0
    }
    Thread deadline = new Thread(() -> halt(code), "evenstep-exit-deadline");
    deadline.setDaemon(true);
    deadline.start();
    System.exit(code);
  }

  /** Gives shutdown hooks a limited time. */
  private static void halt(int code) {
    try {
      if (!new CountDownLatch(1).await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        Runtime.getRuntime().halt(code);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
