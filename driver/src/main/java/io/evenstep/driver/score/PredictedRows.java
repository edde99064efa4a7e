package io.evenstep.driver.score;

/**
 * Counts of predicted rows.
 *
 * @param scored rows with a prediction
 * @param missing rows that lack a needed value
 * @param bad rows with a value that does not fit, or that cannot be read
 */
public record PredictedRows(long scored, long missing, long bad) {}
