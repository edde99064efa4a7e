/** Figures of a run as Spark metrics, for its sinks: Prometheus, Graphite, CSV and others. */
@NullMarked
package io.evenstep.driver.metrics;

import org.jspecify.annotations.NullMarked;
