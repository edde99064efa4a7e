/** Rows that hold DL4J's ready-made examples. */
@NullMarked
package io.evenstep.model.data.example;

import org.jspecify.annotations.NullMarked;
