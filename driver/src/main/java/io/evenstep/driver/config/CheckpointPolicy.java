package io.evenstep.driver.config;

/**
 * When a run is kept, and how much of it.
 *
 * @param everySteps steps between two checkpoints; 0 for those at an epoch's end alone
 * @param keep newest checkpoints that are kept, at least 1
 */
public record CheckpointPolicy(long everySteps, int keep) {}
