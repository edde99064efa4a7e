package io.evenstep.model.engine;

/**
 * A part of the flat parameter vector.
 *
 * @param from first float
 * @param to the one after the last
 */
public record Range(long from, long to) {}
