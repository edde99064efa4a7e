/** Workers talking to each other: an authenticated mesh of connections and the exact all-reduce. */
@NullMarked
package io.evenstep.worker.comm;

import org.jspecify.annotations.NullMarked;
