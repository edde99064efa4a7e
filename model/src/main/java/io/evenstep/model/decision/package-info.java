/** How a network's probabilities become a predicted class. */
@NullMarked
package io.evenstep.model.decision;

import org.jspecify.annotations.NullMarked;
