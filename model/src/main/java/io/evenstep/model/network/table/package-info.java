/** A network as a table for people to read: its layers, their inputs, shapes and parameters. */
@NullMarked
package io.evenstep.model.network.table;

import org.jspecify.annotations.NullMarked;
