/** The layers and networks that a job can name, with their parameters and rules. */
@NullMarked
package io.evenstep.model.catalog.layer;

import org.jspecify.annotations.NullMarked;
