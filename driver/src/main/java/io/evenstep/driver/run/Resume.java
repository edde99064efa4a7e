package io.evenstep.driver.run;

/** What a run does with existing checkpoints of the same run id. */
public enum Resume {
  /** Resumes from the newest intact checkpoint; starts from scratch when there is none. */
  AUTO,
  /** Starts from scratch and ignores checkpoints. */
  NEVER,
  /** Resumes from the newest intact checkpoint; fails when there is none. */
  MUST
}
