package io.evenstep.driver.score;

import io.evenstep.model.data.Leniency;

/**
 * How to treat rows to score that are not like the training rows.
 *
 * @param leniency towards rows with missing values, or with values that no training row has
 * @param badRows what to do with rows that cannot be scored
 */
public record RowTolerance(Leniency leniency, BadRows badRows) {}
