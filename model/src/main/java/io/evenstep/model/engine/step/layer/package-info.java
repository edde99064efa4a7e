/** From DL4J's layers to operations, and why where there is no way. */
@NullMarked
package io.evenstep.model.engine.step.layer;

import org.jspecify.annotations.NullMarked;
