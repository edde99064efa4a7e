/** Rows of a table that belong together, in order: windows over a time series. */
@NullMarked
package io.evenstep.driver.data.arrange;

import org.jspecify.annotations.NullMarked;
