package io.evenstep.driver.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files that {@code mvn package} leaves, for tests of the integration-test phase. */
public final class Built {
  private Built() {}

  /** The root of the checkout. */
  public static Path root() {
    return Path.of(property("evenstep.root"));
  }

  /** A SPARK_HOME that has Spark's {@code jars/} and nothing else. */
  public static Path sparkHome() {
    return existing(root().resolve("driver/target/spark"));
  }

  /** A SPARK_HOME that has the {@code jars/} of a stock Spark and nothing else. */
  static Path stockSpark() {
    return existing(root().resolve("src/stock-spark/target"));
  }

  /** The unpacked distribution: {@code lib/}, {@code conf/}, {@code deploy/}. */
  public static Path distribution() {
    return existing(root().resolve("driver/target/dist/evenstep-" + property("evenstep.version")));
  }

  /** A folder with the additional jars that Hadoop's mini cluster needs. */
  static Path smallCluster() {
    return existing(root().resolve("driver/target/small-cluster"));
  }

  /** The jars of a table format, which neither Spark nor the distribution has. */
  public static List<Path> tableJars(String reader) throws IOException {
    try (Stream<Path> jars = Files.list(existing(root().resolve("driver/target/table-formats")))) {
      return jars.filter(jar -> jar.getFileName().toString().startsWith(reader)).toList();
    }
  }

  private static String property(String name) {
    String value = System.getProperty(name);
    if (value == null) {
      throw new AssertionError("Missing system property " + name + ": Maven sets it for the tests");
    }
    return value;
  }

  private static Path existing(Path path) {
    if (!Files.isDirectory(path)) {
      throw new AssertionError("Cannot find " + path + ": run mvn package first");
    }
    return path;
  }
}
