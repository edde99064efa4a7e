package io.evenstep.worker.mesh;

import java.util.List;

/** How ranks find each other, once per attempt, before they are connected. */
public interface Rendezvous {
  /** Host name or address at which other ranks can reach this one. */
  String host();

  /** Host name or address of the interface that this rank listens on. */
  default String bindHost() {
    return host();
  }

  /**
   * Gives {@code message} to every rank and returns all ranks' messages, by rank. Blocks until all
   * have called it. All must call it equally often.
   */
  List<String> allGather(String message);
}
