/**
 * Evaluation that merges across workers to the same bits, however the rows were spread over them.
 */
@NullMarked
package io.evenstep.model.metric;

import org.jspecify.annotations.NullMarked;
