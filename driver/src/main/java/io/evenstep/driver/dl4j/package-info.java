/**
 * Evenstep behind DL4J's own Spark API: a {@code TrainingMaster} for existing code. The only
 * package that depends on DL4J's Spark layer, which Evenstep does not ship.
 */
@NullMarked
package io.evenstep.driver.dl4j;

import org.jspecify.annotations.NullMarked;
