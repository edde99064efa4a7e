/**
 * Random changes of training rows, so that a network sees more examples than there are. All draws
 * come from one key, and the arithmetic is Java's own, so results are the same everywhere.
 */
@NullMarked
package io.evenstep.model.augment;

import org.jspecify.annotations.NullMarked;
