/** Evaluation that merges across workers to the same bits, however the rows were dealt out. */
@NullMarked
package io.evenstep.model.metric;

import org.jspecify.annotations.NullMarked;
