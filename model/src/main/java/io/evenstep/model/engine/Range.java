package io.evenstep.model.engine;

/**
 * A part of the flat parameter vector.
 *
 * @param from index of the first float
 * @param to index after the last float
 */
public record Range(long from, long to) {}
