/**
 * Operations with windows that move over images or steps, each with a forward and a backward pass.
 */
@NullMarked
package io.evenstep.model.engine.step.window;

import org.jspecify.annotations.NullMarked;
