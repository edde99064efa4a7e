package io.evenstep.driver.cluster;

import java.util.ArrayList;
import java.util.List;

/** Settings for jobs on YARN. */
final class YarnSettings {
  private YarnSettings() {}

  /** Arguments for this many executors with one worker each. */
  static List<String> executors(int workers, String mode, String executorOptions) {
    List<String> arguments = new ArrayList<>(List.of("--set", "training.workers=" + workers));
    for (String setting :
        List.of(
            "spark.submit.deployMode=" + mode,
            "spark.yarn.jars=local:" + Built.sparkHome().resolve("jars") + "/*",
            "spark.ui.enabled=false", // on YARN it needs a jar that only a full Spark has
            "spark.executor.instances=" + workers,
            "spark.executor.memory=512m",
            "spark.yarn.am.memory=256m",
            "spark.driver.memory=512m",
            "spark.executor.extraJavaOptions="
                + StandaloneCluster.SHORT_LIVED
                + " "
                + executorOptions)) {
      arguments.addAll(List.of("--conf", setting));
    }
    return arguments;
  }

  /** A job that takes some time, with a checkpoint every ten steps. */
  static List<String> sets() {
    return List.of(
        "--set",
        "training.epochs=10",
        "--set",
        "training.checkpoint.everySteps=10",
        "--set",
        "gate.atLeast=0.5");
  }
}
