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
 * Scrapes the metrics like Prometheus whenever Spark's sinks report, which is at the end of a run.
 * Spark creates it by class name.
 */
public final class ScrapingSink implements Sink {
  private static volatile String page = "";

  /** The constructor that Spark calls. */
  public ScrapingSink(Properties settings, MetricRegistry registry) {}

  /** The last metrics that it has read. */
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
      return; // when Spark ends, all sinks report once more after its pages are gone
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
