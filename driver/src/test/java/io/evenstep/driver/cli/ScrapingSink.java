package io.evenstep.driver.cli;

import com.codahale.metrics.MetricRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.apache.spark.SparkContext;
import org.apache.spark.metrics.sink.Sink;

/**
 * Does what Prometheus does, at each moment at which Spark's sinks report: as a run ends. Spark
 * makes it by its name.
 */
public final class ScrapingSink implements Sink {
  private static volatile String page = "";

  /** As Spark calls it. */
  public ScrapingSink(Properties settings, MetricRegistry registry) {}

  /** What it has read last. */
  static String page() {
    return page;
  }

  @Override
  public void start() {}

  @Override
  public void stop() {}

  @Override
  public void report() {
    String ui = SparkContext.getOrCreate().uiWebUrl().get();
    try (InputStream in = URI.create(ui + "/metrics/prometheus/").toURL().openStream()) {
      page = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (ConnectException e) {
      return; // Spark ends, and lets all sinks report once more when its pages are gone
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
