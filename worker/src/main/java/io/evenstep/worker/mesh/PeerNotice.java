package io.evenstep.worker.mesh;

/**
 * Something about a peer that a user should hear, while the run goes on.
 *
 * @param peer whom it is about
 * @param text what there is to say of it
 */
public record PeerNotice(int peer, String text) {}
