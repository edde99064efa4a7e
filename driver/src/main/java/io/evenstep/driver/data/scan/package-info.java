/** Derives an encoding from rows: layout, statistics and problems; and encodes rows. */
@NullMarked
package io.evenstep.driver.data.scan;

import org.jspecify.annotations.NullMarked;
