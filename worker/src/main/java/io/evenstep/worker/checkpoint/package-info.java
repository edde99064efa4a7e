/** Replicas on disk, written so that a torn or damaged one is never taken for a good one. */
@NullMarked
package io.evenstep.worker.checkpoint;

import org.jspecify.annotations.NullMarked;
