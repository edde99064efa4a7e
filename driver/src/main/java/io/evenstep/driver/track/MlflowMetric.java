package io.evenstep.driver.track;

/**
 * A metric of a run at one step.
 *
 * @param millis time since 1970
 */
record MlflowMetric(String name, double value, long millis, long step) {}
