package io.evenstep.driver.config.key;

/** Whether a job encrypts the traffic of its workers. */
public enum Encryption {
  /** The same as Spark. */
  AUTO,
  /** Always. */
  ON,
  /** Never; the job does not start if Spark is set to encrypt. */
  OFF
}
