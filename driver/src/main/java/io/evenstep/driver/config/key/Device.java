package io.evenstep.driver.config.key;

/** What a job asks to be trained on. */
public enum Device {
  /** What this build of Evenstep is for. */
  AUTO,
  /** Processors; refused by a build for GPUs. */
  CPU,
  /** A card for each worker; refused by a build for processors. */
  GPU
}
