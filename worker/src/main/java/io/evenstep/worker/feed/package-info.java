/** Rows on their way from the pack to the network: order, blocks and prefetch. */
@NullMarked
package io.evenstep.worker.feed;

import org.jspecify.annotations.NullMarked;
