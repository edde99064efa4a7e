/**
 * Sweeps: draws trials of one job, trains them concurrently, drops the weaker ones and ranks the
 * results.
 */
@NullMarked
package io.evenstep.driver.sweep;

import org.jspecify.annotations.NullMarked;
