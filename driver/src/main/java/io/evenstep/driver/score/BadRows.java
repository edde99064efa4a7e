package io.evenstep.driver.score;

/** What to do with rows that cannot be scored. */
public enum BadRows {
  /** Nothing is predicted until all rows have been checked. */
  REFUSE,
  /** They are written without a prediction, with the reason in a column. */
  FLAG,
  /** They are left out and counted. */
  SKIP
}
