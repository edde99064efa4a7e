package io.evenstep.worker.fault;

/**
 * One fault on the way between two ranks, once.
 *
 * @param kind what happens
 * @param attempt of the run in which it happens, from 0
 * @param way the connection and direction that it happens to
 * @param message which message of that way it happens to, from 0; handshake messages and heartbeats
 *     count
 * @param detail 0 to below 1: where in the message, or how long a delay
 */
record FrameFault(Kind kind, int attempt, Way way, int message, double detail) {
  private static final long MOST_DELAY_MILLIS = 1000;

  /** What can happen to a message. */
  enum Kind {
    /** It does not arrive; later ones do. */
    DROP,
    /** It and all after it come late. */
    DELAY,
    /** It arrives twice. */
    DUPLICATE,
    /** It arrives after the next one. */
    SWAP,
    /** Its end is missing; the next one follows at once. */
    TRUNCATE,
    /** Its end is missing, and the connection is closed. */
    CUT,
    /** One bit of it, in a header, a payload or a handshake, is wrong. */
    FLIP,
    /** The connection is reset. */
    RESET,
    /** Nothing arrives from here on; the sender does not notice. */
    SILENCE,
    /** Nothing is taken from the sender from here on. */
    FREEZE
  }

  /**
   * One direction of the connection of two ranks.
   *
   * @param from the rank that sends
   * @param to the rank that receives
   */
  record Way(int from, int to) {}

  /** Whether it happens to the same message. */
  boolean hitsWhat(FrameFault other) {
    return attempt == other.attempt && way.equals(other.way) && message == other.message;
  }

  /** A byte of a message of {@code length} bytes. */
  int position(int length) {
    return (int) (detail * length);
  }

  /** A bit of a message of {@code length} bytes. */
  int bit(int length) {
    return (int) (detail * length * Byte.SIZE);
  }

  long delayMillis() {
    return (long) (detail * detail * MOST_DELAY_MILLIS);
  }
}
