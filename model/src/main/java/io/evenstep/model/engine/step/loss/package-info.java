/** Losses of outputs against labels, and the operation with which a program ends. */
@NullMarked
package io.evenstep.model.engine.step.loss;

import org.jspecify.annotations.NullMarked;
