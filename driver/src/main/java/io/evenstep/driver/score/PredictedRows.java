package io.evenstep.driver.score;

/**
 * How many rows have come to what.
 *
 * @param scored rows with a prediction
 * @param missing rows without a value that is needed
 * @param bad rows with a value that does not fit, or that cannot be read
 */
public record PredictedRows(long scored, long missing, long bad) {}
