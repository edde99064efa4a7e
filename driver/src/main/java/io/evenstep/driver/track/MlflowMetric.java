package io.evenstep.driver.track;

/**
 * A figure of a run at one step.
 *
 * @param millis when, since 1970
 */
record MlflowMetric(String name, double value, long millis, long step) {}
