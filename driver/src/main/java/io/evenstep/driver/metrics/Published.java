package io.evenstep.driver.metrics;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.apache.spark.SparkEnv;
import org.apache.spark.metrics.source.Source;

/** Gauges that Spark's sinks of this process report, from {@link #publish} until it is closed. */
public final class Published implements Source, AutoCloseable {
  private final String name;
  private final MetricRegistry registry = new MetricRegistry();

  /**
   * @param name that begins the gauges' names: {@code training}, {@code rank-0001}; none may begin
   *     with another, or Spark would remove both
   */
  Published(String name) {
    this.name = "evenstep." + name;
  }

  Published gauge(String of, LongSupplier value) {
    Gauge<Long> gauge = value::getAsLong;
    registry.register(of, gauge);
    return this;
  }

  Published gauge(String of, DoubleSupplier value) {
    Gauge<Double> gauge = value::getAsDouble;
    registry.register(of, gauge);
    return this;
  }

  Published publish() {
    SparkEnv.get().metricsSystem().registerSource(this);
    return this;
  }

  @Override
  public String sourceName() {
    return name;
  }

  @Override
  public MetricRegistry metricRegistry() {
    return registry;
  }

  /** Lets all sinks report the last values, and takes the gauges back. */
  @Override
  public void close() {
    SparkEnv env = SparkEnv.get();
    if (env != null) { // else Spark was stopped meanwhile, and its sinks with it
      env.metricsSystem().report();
      env.metricsSystem().removeSource(this);
    }
  }
}
