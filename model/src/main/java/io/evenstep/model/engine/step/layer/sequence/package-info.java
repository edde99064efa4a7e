/** Compiles layers that read or make sequences. */
@NullMarked
package io.evenstep.model.engine.step.layer.sequence;

import org.jspecify.annotations.NullMarked;
