/** Draws pictures of a run's network and curves: {@link io.evenstep.driver.plot.run.RunPlots}. */
@NullMarked
package io.evenstep.driver.plot.run;

import org.jspecify.annotations.NullMarked;
