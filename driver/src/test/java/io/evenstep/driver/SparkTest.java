package io.evenstep.driver;

import org.apache.spark.sql.SparkSession;

/** One Spark session for all tests of this JVM; it ends with the JVM. */
public final class SparkTest {
  private static final int CORES = 2;

  private SparkTest() {}

  /** The session on {@code local[2]} that tests share. */
  public static SparkSession session() {
    return session(CORES);
  }

  /** A session on {@code local[cores]}; one of another size is stopped first. */
  public static synchronized SparkSession session(int cores) {
    String master = "local[" + cores + "]";
    SparkSession session =
        SparkSession.builder()
            .master(master)
            .appName("evenstep-test")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.sql.shuffle.partitions", "4")
            .getOrCreate();
    if (session.sparkContext().master().equals(master)) {
      return session;
    }
    session.stop();
    return session(cores);
  }

  /** Stops the session, for a test that opens its own. */
  public static synchronized void stop() {
    SparkSession.getDefaultSession().foreach(SparkTest::stop);
  }

  private static Object stop(SparkSession session) {
    session.stop();
    return session;
  }
}
