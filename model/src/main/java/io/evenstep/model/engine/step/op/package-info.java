/** The operations of a step program, each with a forward and a backward pass. */
@NullMarked
package io.evenstep.model.engine.step.op;

import org.jspecify.annotations.NullMarked;
