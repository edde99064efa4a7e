/** Pictures in files, PNG and SVG: charts of a run, decision regions, small images side by side. */
@NullMarked
package io.evenstep.driver.plot;

import org.jspecify.annotations.NullMarked;
