/** From rows to an encoding: layout, statistics, problems, and the encoding of rows. */
@NullMarked
package io.evenstep.driver.data.scan;

import org.jspecify.annotations.NullMarked;
