/** Values that every rank agrees on before it starts: shards, steps, limits, strategy. */
@NullMarked
package io.evenstep.worker.plan;

import org.jspecify.annotations.NullMarked;
