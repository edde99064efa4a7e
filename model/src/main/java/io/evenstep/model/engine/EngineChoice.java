package io.evenstep.model.engine;

/** Which engine a job asks for. */
public enum EngineChoice {
  /** The fast engine where it covers the network, else DL4J's. */
  AUTO,
  /** The fast engine; refused where it does not cover the network. */
  STEP,
  /** The reference engine, which accepts any network. */
  DL4J
}
