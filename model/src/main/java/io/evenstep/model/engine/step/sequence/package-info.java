/** Operations over sequences: recurrent layers, and how sequences lie for them. */
@NullMarked
package io.evenstep.model.engine.step.sequence;

import org.jspecify.annotations.NullMarked;
