/**
 * oneDNN for the step program: kernels that are made once and run many times over memory that does
 * not move. Running one allocates nothing.
 */
@NullMarked
package io.evenstep.model.engine.step.kernel;

import org.jspecify.annotations.NullMarked;
