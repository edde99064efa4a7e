/** A network as a table for people: its layers with what they take, give and learn. */
@NullMarked
package io.evenstep.model.network.table;

import org.jspecify.annotations.NullMarked;
