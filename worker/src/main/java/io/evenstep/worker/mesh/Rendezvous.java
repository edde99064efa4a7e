package io.evenstep.worker.mesh;

import java.util.List;

/** How ranks find each other, once per attempt, before they have connections of their own. */
public interface Rendezvous {
  /** Host name or address at which the other ranks reach this one. */
  String host();

  /** Host name or address of the interface this one listens at. */
  default String bindHost() {
    return host();
  }

  /**
   * Gives {@code message} to every rank and returns every rank's message, by rank. Blocks until all
   * have called; all call it equally often.
   */
  List<String> allGather(String message);
}
