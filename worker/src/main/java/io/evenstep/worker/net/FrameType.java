package io.evenstep.worker.net;

/** What a frame carries. The order is the wire format: add at the end. */
public enum FrameType {
  /** A rank's sum over one subtree of shards, cut to a chunk of the receiver's slice. */
  PIECE,
  /** A chunk of the sender's slice, added up over all shards. */
  SLICE,
  /** How many bytes the sender's part of a gather has, in the header's value. */
  SIZE,
  /** The sender's part of a gather. */
  PART,
  /**
   * The sender leaves; its chunk field names the rank that is lost, or -1 when all is well, and its
   * value the rank that noticed it.
   */
  BYE,
  /** One progress event as JSON. */
  PROGRESS,
  /** The sender lives. */
  BEAT,
  /** Part of a replica's memory, for a rank that needs it. */
  STATE,
  /** The driver wants the run to stop; no payload. */
  STOP
}
