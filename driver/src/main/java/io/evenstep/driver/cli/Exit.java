package io.evenstep.driver.cli;

import io.evenstep.driver.cli.session.ExitCode;
import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Ends the process, whatever threads are still about. */
final class Exit {
  private static final long PATIENCE_SECONDS = 20;

  private Exit() {}

  /**
   * Ends the process with a code; comes back only where the cluster is to end it. In cluster mode
   * nobody sees the code, so that it is said in words.
   */
  static void with(int code, PrintWriter err) {
    boolean onCluster = "cluster".equals(System.getProperty("spark.submit.deployMode"));
    if (onCluster) {
      err.println("Ended with exit code " + ExitCode.words(code));
      err.flush();
    }
    if (code == 0 && onCluster && "yarn".equals(System.getProperty("spark.master"))) {
      return; // YARN's application master takes System.exit, even with 0, for a failure
    }
    Thread deadline = new Thread(() -> halt(code), "evenstep-exit-deadline");
    deadline.setDaemon(true);
    deadline.start();
    System.exit(code);
  }

  /** Shutdown hooks get some time, and no more. */
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
