package io.evenstep.driver.config.key;

/** Whether a job asks for what its workers send to be encrypted. */
public enum Encryption {
  /** As Spark does. */
  AUTO,
  /** Always. */
  ON,
  /** Never; such a job does not start where Spark has to encrypt. */
  OFF
}
