/** Compiles layers with windows that move over images or steps. */
@NullMarked
package io.evenstep.model.engine.step.layer.window;

import org.jspecify.annotations.NullMarked;
