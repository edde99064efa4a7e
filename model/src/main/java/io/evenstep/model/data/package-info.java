/**
 * Rows, records and mini-batches: how a source row becomes bytes in a pack, and how these bytes
 * become tensors.
 */
@NullMarked
package io.evenstep.model.data;

import org.jspecify.annotations.NullMarked;
