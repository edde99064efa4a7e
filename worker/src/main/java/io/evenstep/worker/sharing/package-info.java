/** Compressed gradient sharing: sparse messages, and residuals that feed their errors back. */
@NullMarked
package io.evenstep.worker.sharing;

import org.jspecify.annotations.NullMarked;
