/**
 * oneDNN as the step program needs it: kernels that are made once and run many times over memory
 * that stays where it is. Running one allocates nothing.
 */
@NullMarked
package io.evenstep.model.engine.step.kernel;

import org.jspecify.annotations.NullMarked;
