package io.evenstep.worker.checkpoint;

import java.nio.ByteBuffer;

/**
 * A replica at rest.
 *
 * @param position where training stands
 * @param parameters raw little-endian floats; not to be changed
 * @param optimizerState raw little-endian floats; none for an optimizer without state
 */
public record Checkpoint(Position position, ByteBuffer parameters, ByteBuffer optimizerState) {}
