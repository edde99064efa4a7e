/** Measures the network and the codecs, and predicts how long an exchange of gradients takes. */
@NullMarked
package io.evenstep.worker.cost;

import org.jspecify.annotations.NullMarked;
