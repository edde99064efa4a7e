/** Compiles DL4J's layers to operations, or says why it cannot. */
@NullMarked
package io.evenstep.model.engine.step.layer;

import org.jspecify.annotations.NullMarked;
