/** Operations of layers beyond the usual ones: radial units, penalties on activations, samples. */
@NullMarked
package io.evenstep.model.engine.step.cell;

import org.jspecify.annotations.NullMarked;
