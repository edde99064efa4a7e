package io.evenstep.driver.metrics;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.apache.spark.SparkEnv;
import org.apache.spark.metrics.source.Source;

/** Gauges reported by Spark's sinks in this process, from {@link #publish} until close. */
public final class Published implements Source, AutoCloseable {
  private final String name;
  private final MetricRegistry registry = new MetricRegistry();

  /**
   * @param prefix of the gauges' names: {@code training}, {@code rank-0001}. No prefix may be a
   *     prefix of another, because Spark would remove both
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

  /** Reports the last values to all sinks and removes the gauges. */
  @Override
  public void close() {
    SparkEnv env = SparkEnv.get();
    if (env != null) { // otherwise Spark and its sinks were stopped
      env.metricsSystem().report();
      env.metricsSystem().removeSource(this);
    }
  }
}
