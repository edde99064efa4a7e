/** Events from the ranks to the driver, and requests to stop back to the ranks. */
@NullMarked
package io.evenstep.worker.progress;

import org.jspecify.annotations.NullMarked;
