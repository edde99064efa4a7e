/** One cell of a row: which type it may have, what it says, and whether it says anything. */
@NullMarked
package io.evenstep.model.data.cell;

import org.jspecify.annotations.NullMarked;
