/** Writes pictures as PNG and SVG: charts of a run, decision regions, grids of small images. */
@NullMarked
package io.evenstep.driver.plot;

import org.jspecify.annotations.NullMarked;
