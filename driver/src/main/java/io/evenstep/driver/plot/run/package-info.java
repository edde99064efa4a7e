/** A run's network and curves as pictures: {@link io.evenstep.driver.plot.run.RunPlots}. */
@NullMarked
package io.evenstep.driver.plot.run;

import org.jspecify.annotations.NullMarked;
