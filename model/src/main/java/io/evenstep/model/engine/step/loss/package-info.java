/** Losses of outputs against labels, and the last operation of a program, which computes them. */
@NullMarked
package io.evenstep.model.engine.step.loss;

import org.jspecify.annotations.NullMarked;
