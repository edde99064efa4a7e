package io.evenstep.worker.checkpoint;

import java.nio.ByteBuffer;
import java.util.regex.Pattern;

/**
 * A named part of a replica.
 *
 * @param name 1 to 100 lower-case letters, digits and dashes
 * @param bytes its bytes, between position and limit; do not change them
 */
public record Section(String name, ByteBuffer bytes) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,100}");

  /** Checks the name. */
  public Section {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "Invalid section name: must be 1 to 100 of a-z, 0-9 and -, got " + name);
    }
  }
}
