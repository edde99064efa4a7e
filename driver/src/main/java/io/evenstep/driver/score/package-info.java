/** Evaluation and prediction as Spark stages. */
@NullMarked
package io.evenstep.driver.score;

import org.jspecify.annotations.NullMarked;
