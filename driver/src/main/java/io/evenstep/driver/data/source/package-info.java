/** Reads every format as rows. */
@NullMarked
package io.evenstep.driver.data.source;

import org.jspecify.annotations.NullMarked;
