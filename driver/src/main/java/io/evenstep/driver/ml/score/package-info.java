/** Scores rows of vectors with a fitted network. */
@NullMarked
package io.evenstep.driver.ml.score;

import org.jspecify.annotations.NullMarked;
