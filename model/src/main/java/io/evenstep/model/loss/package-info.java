/** Losses that DL4J lacks, in a form that it takes: each is a sum over rows and outputs. */
@NullMarked
package io.evenstep.model.loss;

import org.jspecify.annotations.NullMarked;
