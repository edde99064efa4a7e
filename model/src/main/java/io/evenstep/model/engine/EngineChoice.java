package io.evenstep.model.engine;

/** Which engine a job asks for. */
public enum EngineChoice {
  /** The fast engine if it covers the network, otherwise DL4J's. */
  AUTO,
  /** The fast engine; an error if it does not cover the network. */
  STEP,
  /** The reference engine, which accepts any network. */
  DL4J
}
