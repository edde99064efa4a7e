/** Layers that read sequences, or make them, as operations. */
@NullMarked
package io.evenstep.model.engine.step.layer.sequence;

import org.jspecify.annotations.NullMarked;
