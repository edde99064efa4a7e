/** Numbers rounded and written in fewer bytes on the edges of the tree of sums. */
@NullMarked
package io.evenstep.worker.codec;

import org.jspecify.annotations.NullMarked;
