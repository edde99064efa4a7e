package io.evenstep.worker.mesh;

/**
 * Something about a peer that a user should know, while the run continues.
 *
 * @param peer its rank
 * @param text what happened
 */
public record PeerNotice(int peer, String text) {}
