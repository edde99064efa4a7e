/**
 * Optimizers that DL4J lacks, in a form that it takes: its zips hold them, and its own code trains
 * with them.
 */
@NullMarked
package io.evenstep.model.optimizer;

import org.jspecify.annotations.NullMarked;
