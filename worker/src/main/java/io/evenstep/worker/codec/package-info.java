/** Rounds numbers and encodes them in fewer bytes for the edges of the reduction tree. */
@NullMarked
package io.evenstep.worker.codec;

import org.jspecify.annotations.NullMarked;
