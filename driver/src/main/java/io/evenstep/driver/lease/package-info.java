/**
 * Leases on folders: only one driver at a time works on a folder, on any file system, even after
 * crashes.
 */
@NullMarked
package io.evenstep.driver.lease;

import org.jspecify.annotations.NullMarked;
