package io.evenstep.driver.score;

import io.evenstep.model.data.Leniency;

/**
 * How rows to be scored are treated that are not like the training rows.
 *
 * @param leniency towards rows that lack values or have others than the training rows
 * @param badRows what becomes of those that cannot be scored
 */
public record RowTolerance(Leniency leniency, BadRows badRows) {}
