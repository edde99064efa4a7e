/**
 * Training rows changed at random, so that a network sees more than there are: what can be done to
 * a row, and who does it. Every draw comes from one key; arithmetic is Java's own, which is the
 * same everywhere.
 */
@NullMarked
package io.evenstep.model.augment;

import org.jspecify.annotations.NullMarked;
