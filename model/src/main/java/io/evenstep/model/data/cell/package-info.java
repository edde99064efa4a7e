/** One cell of a row: its type, its value, and whether it has one. */
@NullMarked
package io.evenstep.model.data.cell;

import org.jspecify.annotations.NullMarked;
