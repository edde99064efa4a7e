package io.evenstep.driver.stage;

import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/**
 * What every executor fetches once: a network, and how to reach file systems.
 *
 * @param zip the network as DL4J saves it
 * @param hadoop Hadoop's settings
 */
public record Shipment(Broadcast<byte[]> zip, Broadcast<SerializableConfiguration> hadoop)
    implements AutoCloseable {
  public static Shipment of(JavaSparkContext spark, byte[] zip) {
    return new Shipment(
        spark.broadcast(zip),
        spark.broadcast(new SerializableConfiguration(spark.hadoopConfiguration())));
  }

  /** Takes it back from the executors. */
  @Override
  public void close() {
    zip.destroy();
    hadoop.destroy();
  }
}
