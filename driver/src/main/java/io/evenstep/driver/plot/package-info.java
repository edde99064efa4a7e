/**
 * A run's curves and its network as pictures in files: {@link io.evenstep.driver.plot.RunPlots}.
 */
@NullMarked
package io.evenstep.driver.plot;

import org.jspecify.annotations.NullMarked;
