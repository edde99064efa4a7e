/** Optimizers over the flat vector, penalties and clipping included, in DL4J's arithmetic. */
@NullMarked
package io.evenstep.model.engine.step.update;

import org.jspecify.annotations.NullMarked;
