/** Losses that DL4J lacks, implemented as DL4J losses. Each is a sum over rows and outputs. */
@NullMarked
package io.evenstep.model.loss;

import org.jspecify.annotations.NullMarked;
