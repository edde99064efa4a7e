/** Evaluation of rows by one rank, in a form that merges to the same bits on all. */
@NullMarked
package io.evenstep.worker.evaluation;

import org.jspecify.annotations.NullMarked;
