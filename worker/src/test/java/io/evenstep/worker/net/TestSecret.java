package io.evenstep.worker.net;

/** The secret that all ranks of a test share. */
public final class TestSecret {
  /** Fresh for every test JVM. */
  public static final Secret SECRET = Secret.random();

  private TestSecret() {}
}
