package io.evenstep.driver.run;

/** What a run does with checkpoints under its id. */
public enum Resume {
  /** Goes on from the newest whole checkpoint, or begins when there is none. */
  AUTO,
  /** Begins anew, whatever is there. */
  NEVER,
  /** Goes on, and refuses to begin when there is nothing to go on from. */
  MUST
}
