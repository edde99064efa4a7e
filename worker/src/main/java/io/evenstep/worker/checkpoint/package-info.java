/** Replicas on disk, written so that an incomplete or damaged one is never used. */
@NullMarked
package io.evenstep.worker.checkpoint;

import org.jspecify.annotations.NullMarked;
