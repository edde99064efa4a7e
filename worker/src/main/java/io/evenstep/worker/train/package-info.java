/** The training loop, and what surrounds it: recovery, checkpoints, evaluation, reports. */
@NullMarked
package io.evenstep.worker.train;

import org.jspecify.annotations.NullMarked;
