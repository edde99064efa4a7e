package io.evenstep.worker.train;

import io.evenstep.worker.checkpoint.Position;

/**
 * What this attempt took.
 *
 * @param start where it began
 * @param seconds in the training loop
 * @param bytesPerStep put into sockets by this host, on average
 * @param lowerBoundBytesPerStep the least that is possible
 */
record AttemptCost(
    Position start, double seconds, double bytesPerStep, double lowerBoundBytesPerStep) {}
