package io.evenstep.driver.stage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A program that answers like nvidia-smi, on a machine without GPUs. */
final class FakeSmi {
  private FakeSmi() {}

  /**
   * Writes the program into a folder.
   *
   * @param cards lines of its output: number, driver, memory, compute capability
   */
  static Path in(Path folder, String... cards) throws IOException {
    Path program = folder.resolve("nvidia-smi");
    Files.writeString(
        program,
        """
        #!/bin/sh
        case $1 in --query-gpu=index) fields=1 ;; *) fields=1- ;; esac
        cut -d, -f$fields <<'CARDS'
        %s
        CARDS
        """
            .formatted(String.join("\n", cards)));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    return program;
  }
}
