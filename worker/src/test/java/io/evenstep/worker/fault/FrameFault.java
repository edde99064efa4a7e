package io.evenstep.worker.fault;

/**
 * One fault, which happens once on the way between two ranks.
 *
 * @param kind what happens
 * @param attempt of the run in which it happens, from 0
 * @param way the affected connection and direction
 * @param message index of the affected message in that direction, from 0; handshake messages and
 *     heartbeats count
 * @param detail 0 to below 1: the position in the message, or the length of a delay
 */
record FrameFault(Kind kind, int attempt, Way way, int message, double detail) {
  private static final long MOST_DELAY_MILLIS = 1000;

  /** What can happen to a message. */
  enum Kind {
    /** The message does not arrive; later ones do. */
    DROP,
    /** The message and all later ones are delayed. */
    DELAY,
    /** The message arrives twice. */
    DUPLICATE,
    /** The message arrives after the next one. */
    SWAP,
    /** Its end is missing; the next one follows at once. */
    TRUNCATE,
    /** Its end is missing, and the connection is closed. */
    CUT,
    /** One bit in a header, a payload or a handshake is flipped. */
    FLIP,
    /** The connection is reset. */
    RESET,
    /** Nothing arrives from this point on; the sender does not notice. */
    SILENCE,
    /** Nothing is read from the sender from this point on. */
    FREEZE
  }

  /**
   * One direction of the connection between two ranks.
   *
   * @param from the rank that sends
   * @param to the rank that receives
   */
  record Way(int from, int to) {}

  /** Whether another fault affects the same message. */
  boolean hitsWhat(FrameFault other) {
    return attempt == other.attempt && way.equals(other.way) && message == other.message;
  }

  /** The affected byte of a message of {@code length} bytes. */
  int position(int length) {
    return (int) (detail * length);
  }

  /** The affected bit of a message of {@code length} bytes. */
  int bit(int length) {
    return (int) (detail * length * Byte.SIZE);
  }

  long delayMillis() {
    return (long) (detail * detail * MOST_DELAY_MILLIS);
  }
}
