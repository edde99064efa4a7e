package io.evenstep.driver.cli.session;

import org.apache.hadoop.conf.Configuration;

/** Files of this machine, which need no settings of Spark. */
final class LocalFiles {
  private static final String BUFFER_BYTES = "65536"; // Spark's

  private LocalFiles() {}

  /** Hadoop's own settings, and the size of buffers that Spark chooses. */
  static Configuration settings() {
    Configuration hadoop = new Configuration();
    hadoop.set("io.file.buffer.size", BUFFER_BYTES);
    return hadoop;
  }

  /** Whether a path without a scheme is a file of this machine. */
  static boolean include(String path, Configuration hadoop) {
    return !path.contains(":") && hadoop.get("fs.defaultFS", "file:///").startsWith("file:");
  }
}
