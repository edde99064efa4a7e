/** Operations over sequences: recurrent layers, and the layout of sequences. */
@NullMarked
package io.evenstep.model.engine.step.sequence;

import org.jspecify.annotations.NullMarked;
