package io.evenstep.model.data;

import java.io.Serializable;

/**
 * Rules for rows with a missing value, or with a category that no training row has.
 *
 * @param missing what happens to a row with a missing value
 * @param fill what {@link Missing#FILL} puts in place of a missing number
 * @param unseen what happens to a category that is not among the column's
 */
public record Leniency(Missing missing, float fill, Unseen unseen) implements Serializable {}
