package io.evenstep.driver.stage;

import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Data that every executor fetches once: a network and Hadoop's settings.
 *
 * @param zip the network as a DL4J zip
 * @param hadoop Hadoop's settings
 */
public record Shipment(Broadcast<byte[]> zip, Broadcast<SerializableConfiguration> hadoop)
    implements AutoCloseable {
  public static Shipment of(JavaSparkContext spark, byte[] zip) {
    return new Shipment(
        spark.broadcast(zip),
        spark.broadcast(new SerializableConfiguration(spark.hadoopConfiguration())));
  }

  /** Removes it from the executors. */
  @Override
  public void close() {
    zip.destroy();
    hadoop.destroy();
  }
}
