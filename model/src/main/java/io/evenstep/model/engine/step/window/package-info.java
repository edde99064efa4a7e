/** Operations whose window moves over images or steps, each forward and backward. */
@NullMarked
package io.evenstep.model.engine.step.window;

import org.jspecify.annotations.NullMarked;
