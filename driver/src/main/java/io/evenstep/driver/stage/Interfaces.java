package io.evenstep.driver.stage;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import org.apache.spark.SparkConf;

/** The address where this process listens: the one that Spark itself is bound to. */
final class Interfaces {
  private Interfaces() {}

  /** The address the driver is bound to. */
  static String ofDriver(SparkConf conf) {
    return bound(conf).orElseGet(() -> conf.get("spark.driver.host", "localhost"));
  }

  /**
   * The address at which workers reach the driver. Workers of a local master are in its own
   * process.
   */
  static String driverSeenFrom(SparkConf conf) {
    String host = conf.get("spark.driver.host", "localhost");
    return isLocal(conf) ? one(conf).orElse(host) : host;
  }

  /**
   * The address of a rank, for itself and others.
   *
   * @param host at which Spark reaches its process
   */
  static String ofRank(SparkConf conf, String host) {
    return isLocal(conf) ? one(conf).orElse(host) : host;
  }

  private static boolean isLocal(SparkConf conf) {
    return conf.get("spark.master", "local").matches("local(\\[.*)?");
  }

  private static Optional<String> bound(SparkConf conf) {
    return Optional.of(conf.get("spark.driver.bindAddress", "")).filter(it -> !it.isEmpty());
  }

  /**
   * The address the driver is bound to, unless that is the wildcard address, to which nobody can
   * connect.
   */
  private static Optional<String> one(SparkConf conf) {
    return bound(conf).filter(host -> !isWildcard(host));
  }

  private static boolean isWildcard(String host) {
    try {
      return InetAddress.getByName(host).isAnyLocalAddress();
    } catch (UnknownHostException e) {
      return false; // Spark has already reported this
    }
  }
}
