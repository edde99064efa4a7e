/** Layers whose windows move over images or steps, as operations. */
@NullMarked
package io.evenstep.model.engine.step.layer.window;

import org.jspecify.annotations.NullMarked;
