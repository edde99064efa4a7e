/** Compilers of layers beyond the usual ones. */
@NullMarked
package io.evenstep.model.engine.step.layer.cell;

import org.jspecify.annotations.NullMarked;
