/** Who works on a folder: one driver at a time, on any file system, whatever becomes of it. */
@NullMarked
package io.evenstep.driver.lease;

import org.jspecify.annotations.NullMarked;
