package io.evenstep.worker.net;

/** What a frame carries. The order is the wire format: add at the end. */
public enum FrameType {
  /** A chunk of a rank's sum over one subtree of shards, within the receiver's slice. */
  PIECE,
  /** A chunk of the sender's slice, summed over all shards. */
  SLICE,
  /** The size of the sender's part of a gather in bytes, in the header's value. */
  SIZE,
  /** The sender's part of a gather. */
  PART,
  /**
   * The sender leaves. The chunk field holds the lost rank, or -1 when all is well, and the value
   * holds the rank that noticed it.
   */
  BYE,
  /** One progress event as JSON. */
  PROGRESS,
  /** A heartbeat. */
  BEAT,
  /** Part of a replica's memory. */
  STATE,
  /** The driver asks the run to stop; no payload. */
  STOP
}
