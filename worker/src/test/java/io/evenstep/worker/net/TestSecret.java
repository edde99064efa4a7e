package io.evenstep.worker.net;

/** The secret that all ranks of a test share. */
public final class TestSecret {
  /** Fresh for every test JVM. */
  public static final Secret SECRET = Secret.random();

  private TestSecret() {}

  /** The secret with this key, for processes that share a file. */
  public static Secret of(byte[] key) {
    return Secret.of(key);
  }
}
