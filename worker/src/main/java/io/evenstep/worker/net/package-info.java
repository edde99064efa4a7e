/** Authenticated connections between processes, plain or encrypted, and their frames. */
@NullMarked
package io.evenstep.worker.net;

import org.jspecify.annotations.NullMarked;
