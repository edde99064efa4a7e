package io.evenstep.driver.cluster;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** The machine's Python. */
public final class Python {
  private Python() {}

  /** Whether a shell would find {@code python3}. */
  public static boolean isThere() {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, "python3")));
  }
}
