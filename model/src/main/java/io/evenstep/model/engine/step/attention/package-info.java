/** Operations of transformers: attention, layer normalization, positions. */
@NullMarked
package io.evenstep.model.engine.step.attention;

import org.jspecify.annotations.NullMarked;
