/** Dates and times as numbers that a network can learn from. */
@NullMarked
package io.evenstep.model.time;

import org.jspecify.annotations.NullMarked;
