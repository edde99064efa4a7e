/**
 * Optimizers that DL4J lacks, as DL4J updaters: its zips can hold them, and its own code can train
 * with them.
 */
@NullMarked
package io.evenstep.model.optimizer;

import org.jspecify.annotations.NullMarked;
