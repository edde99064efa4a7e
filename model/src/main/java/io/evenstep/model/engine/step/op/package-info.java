/** The operations that a step program is a list of, each forward and backward. */
@NullMarked
package io.evenstep.model.engine.step.op;

import org.jspecify.annotations.NullMarked;
