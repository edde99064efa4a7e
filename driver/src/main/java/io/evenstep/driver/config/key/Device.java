package io.evenstep.driver.config.key;

/** The device that a job asks for. */
public enum Device {
  /** The device that this build of Evenstep is for. */
  AUTO,
  /** CPUs; refused by a build for GPUs. */
  CPU,
  /** One GPU for each worker; refused by a build for CPUs. */
  GPU
}
