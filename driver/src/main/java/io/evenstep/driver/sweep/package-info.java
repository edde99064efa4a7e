/** Several trials of one job side by side: what is tried, what goes on, and what was best. */
@NullMarked
package io.evenstep.driver.sweep;

import org.jspecify.annotations.NullMarked;
