/**
 * Layers that DL4J lacks, written for DL4J with ND4J's arrays. They are slow and exact: the engine
 * {@code step} has its own kernels for each, and is compared with them.
 */
@NullMarked
package io.evenstep.model.layer;

import org.jspecify.annotations.NullMarked;
