package io.evenstep.driver.config;

/**
 * When checkpoints are written, and how many are kept.
 *
 * @param everySteps steps between two checkpoints; 0 for checkpoints only at the end of each epoch
 * @param keep number of newest checkpoints to keep, at least 1
 */
public record CheckpointPolicy(long everySteps, int keep) {}
