package io.evenstep.worker.cost;

/**
 * Seconds that a thread needs per number.
 *
 * @param round to round it in place
 * @param encode to write it in a wire format
 * @param decode to read it again
 */
public record CodecSpeed(double round, double encode, double decode) {
  /** Floats are sent as they are. */
  public static final CodecSpeed NONE = new CodecSpeed(0, 0, 0);

  /** The faster of two in each respect. */
  CodecSpeed faster(CodecSpeed other) {
    return new CodecSpeed(
        Math.min(round, other.round),
        Math.min(encode, other.encode),
        Math.min(decode, other.decode));
  }

  /** The slower of two in each respect. */
  CodecSpeed slower(CodecSpeed other) {
    return new CodecSpeed(
        Math.max(round, other.round),
        Math.max(encode, other.encode),
        Math.max(decode, other.decode));
  }
}
