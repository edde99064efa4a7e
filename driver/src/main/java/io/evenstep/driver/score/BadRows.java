package io.evenstep.driver.score;

/** What becomes of rows that a network cannot be given. */
public enum BadRows {
  /** None is predicted before all have been found good. */
  REFUSE,
  /** They come out without a prediction, and with the reason in a column. */
  FLAG,
  /** They are left out and counted. */
  SKIP
}
