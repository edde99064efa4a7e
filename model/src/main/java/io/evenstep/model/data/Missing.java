package io.evenstep.model.data;

/** What happens to a row with an empty or null value. */
public enum Missing {
  /** It is an error. */
  REFUSE,
  /** The row is left out and counted. */
  DROP,
  /**
   * The value is replaced by a number; a category, by the category of empty values. Labels are
   * never filled.
   */
  FILL
}
