/** Rows that hold DL4J's own examples. */
@NullMarked
package io.evenstep.model.data.example;

import org.jspecify.annotations.NullMarked;
