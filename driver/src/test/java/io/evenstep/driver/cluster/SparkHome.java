package io.evenstep.driver.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A SPARK_HOME as users have it: {@code jars/}, and a {@code bin/spark-submit} beside it. */
final class SparkHome {
  /** What Spark's bin/spark-submit, spark-class and load-spark-env.sh do together. */
  private static final String SUBMIT =
      """
      #!/usr/bin/env bash
      export SPARK_HOME=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd) SPARK_SCALA_VERSION=2.12
      echo "started by bin/spark-submit" >&2
      CMD=()
      while IFS= read -r -d '' word; do CMD+=("$word"); done < <(
        "$JAVA_HOME/bin/java" -Xmx128m -cp "$SPARK_HOME/jars/*" org.apache.spark.launcher.Main \\
          org.apache.spark.deploy.SparkSubmit "$@" | tail -c +3
      )
      exec "${CMD[@]}"
      """;

  /** Printed by {@code bin/spark-submit}. */
  static final String STARTED = "started by bin/spark-submit";

  private SparkHome() {}

  /**
   * Creates one.
   *
   * @param folder its folder, which must not exist yet
   * @param jars the target of its {@code jars/}
   */
  static Path in(Path folder, Path jars) throws IOException {
    Files.createSymbolicLink(Files.createDirectories(folder).resolve("jars"), jars);
    Path submit = Files.createDirectory(folder.resolve("bin")).resolve("spark-submit");
    Files.writeString(submit, SUBMIT);
    Files.setPosixFilePermissions(submit, PosixFilePermissions.fromString("rwxr-xr-x"));
    return folder;
  }
}
