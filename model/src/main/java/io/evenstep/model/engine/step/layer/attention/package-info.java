/** Compiles the layers of transformers. */
@NullMarked
package io.evenstep.model.engine.step.layer.attention;

import org.jspecify.annotations.NullMarked;
