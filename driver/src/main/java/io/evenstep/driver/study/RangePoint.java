package io.evenstep.driver.study;

/**
 * One point of a learning-rate range test.
 *
 * @param step steps done, from 1
 * @param rate learning rate of that step
 * @param loss mean loss of the step's rows, or of its and a few neighbours'
 * @param smoothed loss averaged over neighbours on the logarithmic axis of rates
 */
public record RangePoint(long step, double rate, double loss, double smoothed) {}
