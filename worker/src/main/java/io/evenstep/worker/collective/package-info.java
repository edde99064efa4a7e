/** The exact all-reduce: one fixed tree over all shards, in memory and between ranks. */
@NullMarked
package io.evenstep.worker.collective;

import org.jspecify.annotations.NullMarked;
